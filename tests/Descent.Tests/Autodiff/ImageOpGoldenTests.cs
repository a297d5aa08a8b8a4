using System.Globalization;
using System.Numerics;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Architecture;

namespace Descent.Tests.Autodiff;

/// <summary>Pooling, resizing and batch normalization against PyTorch (Golden/generate.py).</summary>
public sealed class ImageOpGoldenTests : IDisposable
{
    const double Epsilon = 1e-3;

    static readonly int[] Images = [2, 5, 6, 3];

    // Channels alone and repeated, so that they fill vectors one by one and in groups, with a rest.
    static readonly int[] Copies = [1, 17];

    // Places of NaN in the script's images.
    static readonly int[] NaNs = [3 * Pixel(0, 1, 2), 3 * Pixel(0, 2, 1), (3 * Pixel(1, 4, 5)) + 2, (3 * Pixel(1, 0, 0)) + 1];
    static readonly string[][] Golden =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Autodiff/Golden/image_ops.tsv"))
            .Where(line => line[0] != '#').Select(line => line.Split('\t')),
    ];

    readonly WorkerPool pool = new(1);
    readonly Executor executor;

    public ImageOpGoldenTests() => executor = pool.CreateExecutor();

    public static TheoryData<string> Pools => [.. Golden.Select(row => row[0]).Distinct().Where(name => name.Contains("pool", StringComparison.Ordinal) || name.StartsWith("resize", StringComparison.Ordinal))];

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    /// <summary>Ties go to the first, NaN to the last, windows of −∞ to their first tap inside the image.</summary>
    [Theory]
    [MemberData(nameof(Pools))]
    public void PoolingAndResizingAreThoseOfPyTorch(string name)
    {
        foreach (int copies in Copies)
        {
            Pool<double>(name, copies, name.StartsWith("resize", StringComparison.Ordinal) ? 1e-14 : 1e-15);
            Pool<float>(name, copies, 1e-6);
        }
    }

    [Theory]
    [InlineData("batch_norm", 0.1, 3, 2, 3, 4)]
    [InlineData("batch_norm_relu", 0.3, 3, 2, 3, 4)]
    [InlineData("batch_norm_add_relu", 0.1, 3, 2, 3, 4)]
    [InlineData("batch_norm_rows", 0.1, 7, 5)]
    [InlineData("batch_norm_rows_relu", 0.25, 7, 5)]
    public void BatchNormalizationIsThatOfPyTorch(string name, double momentum, params int[] shape)
    {
        foreach (int copies in Copies)
        {
            Normalize<double>(name, copies, momentum, shape, 1e-12);
            Normalize<float>(name, copies, momentum, shape, 2e-5);
        }
    }

    void Pool<T>(string name, int copies, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(executor);
        var x = tape.Tensor(Images[0], Images[1], Images[2], copies * Images[3]);
        string kind = name.Split(' ')[0];
        Fill(x, copies, kind switch
        {
            "max_pool2d_ties" => HalfSteps,
            "max_pool2d_nan" => place => NaNs.Contains(place) ? double.NaN : HalfSteps(place),
            "max_pool2d_lowest" => place => place / Images[3] == Pixel(1, 2, 3) ? -5 : double.NegativeInfinity,
            _ => place => Formula(0, place),
        });
        tape.Watch(x);
        int[] sizes = [.. name.Split(' ').Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var y = kind switch
        {
            "resize" => tape.Resize(x, sizes[0], sizes[1]),
            "average_pool2d" => tape.AveragePool2d(x, sizes[0], sizes[1], sizes[2]),
            "global_average_pool2d" => tape.GlobalAveragePool2d(x),
            _ => tape.MaxPool2d(x, sizes[0], sizes[1], sizes[2]),
        };
        var dx = tape.Gradient(tape.Sum(tape.Multiply(y, Filled(tape, y.Shape, copies, 9))), x)[0];

        Close(name, "y", copies, y, tolerance);
        Close(name, "dx", copies, dx, tolerance);
    }

    void Normalize<T>(string name, int copies, double momentum, int[] shape, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = copies * shape[^1];
        int[] all = [.. shape[..^1], channels];
        using var arena = new Arena();
        var running = new RunningStatistics<T>(arena.Allocate<T>(new Shape(channels)), arena.Allocate<T>(new Shape(channels)), momentum, new StepPosition(0));
        running.Variance.Span.Fill(T.One);
        foreach (bool isTraining in (bool[])[true, false])
        {
            using var tape = new Tape<T>(executor);
            Tensor<T> x = tape.Tensor(all), addend = tape.Tensor(all), weight = tape.Tensor(channels), bias = tape.Tensor(channels);
            Fill(weight, copies, place => 1.5 * Formula(5, place));
            Fill(bias, copies, place => 0.5 * Formula(6, place));
            bool isAdding = name.Contains("add", StringComparison.Ordinal);
            (string Name, Tensor<T> Tensor)[] inputs =
                isAdding ? [("x", x), ("addend", addend), ("weight", weight), ("bias", bias)] : [("x", x), ("weight", weight), ("bias", bias)];
            Tensor<T>[] tensors = [.. inputs.Select(input => input.Tensor)];
            Array.ForEach(tensors, tape.Watch);
            var y = Apply(tape, name, isTraining, x, addend, weight, bias, running);
            var loss = tape.Sum(tape.Multiply(y, Filled(tape, y.Shape, copies, 9)));
            var fast = tape.Gradient(loss, tensors);
            var gradients = tape.DifferentiableGradient(loss, tensors);
            var along = gradients.Select((g, t) => tape.Sum(tape.Multiply(g, Filled(tape, g.Shape, copies, 30 + t)))).Aggregate(tape.Add);
            var second = tape.Gradient(along, tensors);
            for (int batch = isTraining ? 0 : 3; batch < (isTraining ? 3 : 4); batch++)
            {
                int number = batch;
                Fill(x, copies, place => (2 * Formula(number, place)) + number);
                Fill(addend, copies, place => Formula(20 + number, place));
                tape.Replay();
                Close(name, $"{batch} y", copies, y, tolerance);
                for (int i = 0; i < inputs.Length; i++)
                {
                    Close(name, $"{batch} d{inputs[i].Name}", copies, fast[i], tolerance);
                    Close(name, $"{batch} d{inputs[i].Name}", copies, gradients[i], tolerance);
                    Close(name, $"{batch} h{inputs[i].Name}", copies, second[i], tolerance);
                }

                Close(name, $"{batch} mean", copies, running.Mean, tolerance);
                Close(name, $"{batch} variance", copies, running.Variance, tolerance);
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

    static int Pixel(int image, int row, int column) => (((image * Images[1]) + row) * Images[2]) + column;

    /// <summary>The script's closed formula.</summary>
    static double Formula(int tensor, int place) => Math.Sin((0.7 * place) + (1.3 * tensor) + 0.1);

    static double HalfSteps(int place) => Math.Round(2 * Formula(1, place)) / 2;

    static Tensor<T> Filled<T>(Tape<T> tape, Shape shape, int copies, int number) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = tape.Tensor(shape.ToArray());
        Fill(tensor, copies, place => Formula(number, place));
        return tensor;
    }

    static void Fill<T>(Tensor<T> tensor, int copies, Func<int, double> value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor.Span[i] = T.CreateTruncating(value(Place(tensor.Shape, copies, i)));
        }
    }

    /// <summary>Where the script has the element: there the channels are not copied.</summary>
    static int Place(Shape shape, int copies, int element)
    {
        int channels = shape[shape.Rank - 1];
        return (element / channels * (channels / copies)) + (element % channels % (channels / copies));
    }

    static void Close<T>(string name, string what, int copies, Tensor<T> actual, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] expected = [.. Golden.Single(row => row[0] == name && row[1] == what).Skip(2).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(copies * expected.Length, actual.Count);
        double largest = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < actual.Count; i++)
        {
            double value = double.CreateTruncating(actual.Span[i]), other = expected[Place(actual.Shape, copies, i)];
            Assert.True(value.Equals(other) || Math.Abs(value - other) <= tolerance * largest,
                $"{name}, {what}, {copies} copies: element {i} is {value:R}, PyTorch has {other:R}.");
        }
    }
}
