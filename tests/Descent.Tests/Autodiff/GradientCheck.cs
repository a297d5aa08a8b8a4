using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>A scalar function on a tape.</summary>
delegate Tensor<double> ScalarFunction(Tape<double> tape, Tensor<double>[] x);

/// <summary>Holds gradients against central differences along random directions; calls itself on the derivative along the direction for the next order.</summary>
static class GradientCheck
{
    /// <summary>Gradients up to <paramref name="order"/> of f at x.</summary>
    public static void Run(Executor executor, ScalarFunction f, int[][] shapes, double[][] x, int order)
    {
        var direction = Direction(shapes, (ulong)order);
        var gradient = Gradient(executor, f, shapes, x);
        double along = Dot(gradient, direction), difference = Difference(executor, f, shapes, x, direction);

        // The derivative along a normal direction is as large as the gradient's norm; differences of fifth order err by 10⁻¹⁰ of it.
        double tolerance = 1e-8 * Math.Max(Math.Sqrt(Dot(gradient, gradient)), 1e-3);
        Assert.True(Math.Abs(along - difference) <= tolerance,
            $"Derivative {order} orders from the last: {along:R} by the tape, {difference:R} by differences, tolerance {tolerance:E1}.");
        if (order > 1)
        {
            Run(executor, (tape, inputs) => Project(tape, tape.DifferentiableGradient(f(tape, inputs), inputs), direction), shapes, x, order - 1);
        }
    }

    /// <summary>Σ ⟨y, direction⟩: a scalar that depends on every element.</summary>
    public static Tensor<T> Project<T>(Tape<T> tape, Tensor<T>[] y, double[][] direction)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y
        .Select((tensor, i) => tape.Sum(tape.Multiply(tensor, tape.Tensor(tensor.Shape, [.. direction[i].Select(T.CreateTruncating)]))))
        .Aggregate(tape.Add);

    public static double[][] Direction(int[][] shapes, ulong number) => [.. shapes.Select((shape, index) =>
    {
        var stream = new RandomStream(2, StreamPurpose.Probe, (100 * number) + (ulong)index);
        return Enumerable.Range(0, new Shape(shape).Count).Select(_ => stream.NextNormal()).ToArray();
    })];

    static double[][] Gradient(Executor executor, ScalarFunction f, int[][] shapes, double[][] x)
    {
        using var tape = new Tape<double>(executor);
        var inputs = Watched(tape, shapes, x);
        return [.. tape.Gradient(f(tape, inputs), inputs).Select(tensor => tensor.Span.ToArray())];
    }

    static double Difference(Executor executor, ScalarFunction f, int[][] shapes, double[][] x, double[][] direction)
    {
        const double H = 1e-3;
        return ((8 * (At(H) - At(-H))) - At(2 * H) + At(-2 * H)) / (12 * H);

        double At(double distance)
        {
            using var tape = new Tape<double>(executor);
            var moved = x.Zip(direction, (a, b) => a.Zip(b, (value, step) => value + (distance * step)).ToArray()).ToArray();
            return f(tape, Watched(tape, shapes, moved)).Item;
        }
    }

    static Tensor<double>[] Watched(Tape<double> tape, int[][] shapes, double[][] x)
    {
        Tensor<double>[] inputs = [.. shapes.Zip(x, (shape, values) => tape.Tensor(new Shape(shape), values))];
        foreach (var input in inputs)
        {
            tape.Watch(input);
        }

        return inputs;
    }

    static double Dot(double[][] a, double[][] b) => a.Zip(b, (x, y) => x.Zip(y, (p, q) => p * q).Sum()).Sum();
}
