using System.Globalization;
using System.Numerics;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Architecture;

namespace Descent.Tests.Autodiff;

/// <summary>Pooling and batch normalization against PyTorch (Golden/generate.py).</summary>
public sealed class ImageOpGoldenTests : IDisposable
{
    const double Epsilon = 1e-3;

    static readonly int[] Images = [2, 5, 6, 3];
    static readonly string[][] Golden =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Autodiff/Golden/image_ops.tsv"))
            .Where(line => line[0] != '#').Select(line => line.Split('\t')),
    ];

    readonly WorkerPool pool = new(1);
    readonly Executor executor;

    public ImageOpGoldenTests() => executor = pool.CreateExecutor();

    public static TheoryData<string> Pools => [.. Golden.Select(row => row[0]).Distinct().Where(name => name.Contains("pool", StringComparison.Ordinal))];

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    /// <summary>Ties go to the first, NaN to the last, windows of −∞ to their first tap inside the image.</summary>
    [Theory]
    [MemberData(nameof(Pools))]
    public void PoolingIsThatOfPyTorch(string name)
    {
        Pool<double>(name, 1e-15);
        Pool<float>(name, 1e-6);
    }

    [Theory]
    [InlineData("batch_norm", 0.1, 3, 2, 3, 4)]
    [InlineData("batch_norm_relu", 0.3, 3, 2, 3, 4)]
    [InlineData("batch_norm_add_relu", 0.1, 3, 2, 3, 4)]
    [InlineData("batch_norm_rows", 0.1, 7, 5)]
    [InlineData("batch_norm_rows_relu", 0.25, 7, 5)]
    public void BatchNormalizationIsThatOfPyTorch(string name, double momentum, params int[] shape)
    {
        Normalize<double>(name, momentum, shape, 1e-12);
        Normalize<float>(name, momentum, shape, 2e-5);
    }

    void Pool<T>(string name, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(executor);
        var x = tape.Tensor(Images);
        Fill(x, name.StartsWith("max_pool2d_", StringComparison.Ordinal) ? 1 : 0, 1, 0);
        string kind = name.Split(' ')[0];
        if (kind is "max_pool2d_ties" or "max_pool2d_nan")
        {
            Change(x, value => T.Round(value * T.CreateTruncating(2)) / T.CreateTruncating(2));
        }

        if (kind == "max_pool2d_nan")
        {
            foreach (int[] at in (int[][])[[0, 1, 2, 0], [0, 2, 1, 0], [1, 4, 5, 2], [1, 0, 0, 1]])
            {
                x.Span[Place(at)] = T.NaN;
            }
        }
        else if (kind == "max_pool2d_lowest")
        {
            x.Span.Fill(T.NegativeInfinity);
            x.Span.Slice(Place([1, 2, 3, 0]), 3).Fill(T.CreateTruncating(-5));
        }

        tape.Watch(x);
        int[] sizes = [.. name.Split(' ').Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var y = kind switch
        {
            "average_pool2d" => tape.AveragePool2d(x, sizes[0], sizes[1], sizes[2]),
            "global_average_pool2d" => tape.GlobalAveragePool2d(x),
            _ => tape.MaxPool2d(x, sizes[0], sizes[1], sizes[2]),
        };
        var weights = Filled<T>(tape, y.Shape, 9, 1);
        var dx = tape.Gradient(tape.Sum(tape.Multiply(y, weights)), x)[0];

        Close(name, "y", y, tolerance);
        Close(name, "dx", dx, tolerance);
    }

    void Normalize<T>(string name, double momentum, int[] shape, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var channels = new Shape(shape[^1]);
        using var arena = new Arena();
        var running = new RunningStatistics<T>(arena.Allocate<T>(channels), arena.Allocate<T>(channels), momentum, new StepPosition(0));
        running.Variance.Span.Fill(T.One);
        foreach (bool isTraining in (bool[])[true, false])
        {
            using var tape = new Tape<T>(executor);
            Tensor<T> x = tape.Tensor(shape), addend = tape.Tensor(shape), weight = Filled(tape, channels, 5, 1.5), bias = Filled(tape, channels, 6, 0.5);
            bool isAdding = name.Contains("add", StringComparison.Ordinal);
            (string Name, Tensor<T> Tensor)[] inputs =
                isAdding ? [("x", x), ("addend", addend), ("weight", weight), ("bias", bias)] : [("x", x), ("weight", weight), ("bias", bias)];
            Tensor<T>[] tensors = [.. inputs.Select(input => input.Tensor)];
            Array.ForEach(tensors, tape.Watch);
            var y = Apply(tape, name, isTraining, x, addend, weight, bias, running);
            var loss = tape.Sum(tape.Multiply(y, Filled<T>(tape, y.Shape, 9, 1)));
            var fast = tape.Gradient(loss, tensors);
            var gradients = tape.DifferentiableGradient(loss, tensors);
            var along = gradients.Select((g, t) => tape.Sum(tape.Multiply(g, Filled<T>(tape, g.Shape, 30 + t, 1)))).Aggregate(tape.Add);
            var second = tape.Gradient(along, tensors);
            for (int batch = isTraining ? 0 : 3; batch < (isTraining ? 3 : 4); batch++)
            {
                Fill(x, batch, 2, batch);
                Fill(addend, 20 + batch, 1, 0);
                tape.Replay();
                Close(name, $"{batch} y", y, tolerance);
                for (int i = 0; i < inputs.Length; i++)
                {
                    Close(name, $"{batch} d{inputs[i].Name}", fast[i], tolerance);
                    Close(name, $"{batch} d{inputs[i].Name}", gradients[i], tolerance);
                    Close(name, $"{batch} h{inputs[i].Name}", second[i], tolerance);
                }

                Close(name, $"{batch} mean", running.Mean, tolerance);
                Close(name, $"{batch} variance", running.Variance, tolerance);
            }
        }
    }

    static Tensor<T> Apply<T>(Tape<T> tape, string name, bool isTraining, Tensor<T> x, Tensor<T> addend, Tensor<T> weight, Tensor<T> bias, RunningStatistics<T> running)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (name.Replace("_rows", "", StringComparison.Ordinal), isTraining) switch
        {
            ("batch_norm", true) => tape.BatchNorm(x, weight, bias, Epsilon, running),
            ("batch_norm_relu", true) => tape.BatchNormRelu(x, weight, bias, Epsilon, running),
            ("batch_norm_add_relu", true) => tape.BatchNormAddRelu(x, addend, weight, bias, Epsilon, running),
            ("batch_norm", false) => tape.BatchNormEvaluation(x, weight, bias, running.Mean, running.Variance, Epsilon),
            ("batch_norm_relu", false) => tape.BatchNormEvaluationRelu(x, weight, bias, running.Mean, running.Variance, Epsilon),
            _ => tape.BatchNormEvaluationAddRelu(x, addend, weight, bias, running.Mean, running.Variance, Epsilon),
        };

    static int Place(int[] at) => (((((at[0] * Images[1]) + at[1]) * Images[2]) + at[2]) * Images[3]) + at[3];

    static Tensor<T> Filled<T>(Tape<T> tape, Shape shape, int number, double scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = tape.Tensor(shape.ToArray());
        Fill(tensor, number, scale, 0);
        return tensor;
    }

    /// <summary>The script's closed formula.</summary>
    static void Fill<T>(Tensor<T> tensor, int number, double scale, double shift) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor.Span[i] = T.CreateTruncating((scale * Math.Sin((0.7 * i) + (1.3 * number) + 0.1)) + shift);
        }
    }

    static void Change<T>(Tensor<T> tensor, Func<T, T> change) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in tensor.Span)
        {
            value = change(value);
        }
    }

    static void Close<T>(string name, string what, Tensor<T> actual, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] expected = [.. Golden.Single(row => row[0] == name && row[1] == what).Skip(2).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(expected.Length, actual.Count);
        double largest = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < expected.Length; i++)
        {
            double value = double.CreateTruncating(actual.Span[i]);
            Assert.True(value.Equals(expected[i]) || Math.Abs(value - expected[i]) <= tolerance * largest,
                $"{name}, {what}: element {i} is {value:R}, PyTorch has {expected[i]:R}.");
        }
    }
}
