using System.Numerics;
using System.Reflection;
using Descent.Autodiff;
using Descent.Tensors;

namespace Descent.Tests.Autodiff;

/// <summary>One row of the catalog of ops: how to call the op, on what, and what it must give.</summary>
/// <param name="Op">The op's name; its method is found by it.</param>
/// <param name="Shapes">The shapes of the tensors, which come first among the arguments.</param>
/// <param name="Expected">The output's elements from those of the inputs, by a naive loop or a closed form.</param>
/// <param name="Arguments">What follows the tensors; labels stand as an array of int.</param>
public sealed record OpCase(string Op, int[][] Shapes, Func<double[][], double[]> Expected, params object[] Arguments)
{
    /// <summary>Inputs are drawn between these bounds.</summary>
    public double Low { get; init; } = -2;

    public double High { get; init; } = 2;

    /// <summary>Inputs keep this distance from zero, where the op has a kink.</summary>
    public double Gap { get; init; }

    /// <summary>Changes the drawn inputs of a row that needs them otherwise.</summary>
    public Action<double[][]> Adjust { get; init; } = _ => { };

    public override string ToString() => $"{Op} {string.Join(" ", Shapes.Select(shape => new Shape(shape)))}";

    /// <summary>Inputs of this row, others for each draw.</summary>
    public double[][] Inputs(int draw)
    {
        double[][] inputs = [.. Shapes.Select((shape, index) =>
        {
            var stream = new RandomStream(1, StreamPurpose.Probe, (ulong)((100 * draw) + index));
            return Enumerable.Range(0, new Shape(shape).Count).Select(_ => Draw(ref stream)).ToArray();
        })];
        Adjust(inputs);
        return inputs;
    }

    /// <summary>The labels among the arguments of a draw, or null.</summary>
    public int[]? Labels(int draw)
    {
        var labels = Arguments.OfType<int[]>().FirstOrDefault();
        return labels?.Select(label => (label + draw) % (labels.Max() + 1)).ToArray();
    }

    public Tensor<T> Invoke<T>(Tape<T> tape, Tensor<T>[] inputs, Labels? labels) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var method = OpCatalog.Methods<T>().Single(x => x.GetCustomAttribute<OpAttribute>()!.Name == Op);
        object?[] arguments = [.. inputs, .. Arguments.Select(argument => argument is Array ? labels : argument)];
        return (Tensor<T>)method.Invoke(tape, arguments)!;
    }

    double Draw(ref RandomStream stream)
    {
        double value = Low + ((High - Low) * stream.NextDouble());
        return Math.Abs(value) < Gap ? value + Math.CopySign(Gap, value) : value;
    }
}
