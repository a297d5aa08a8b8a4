using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class BatchNormTests : IDisposable
{
    readonly WorkerPool pool = new(1);
    readonly Executor executor;

    public BatchNormTests() => executor = pool.CreateExecutor();

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    /// <summary>Floats near 10,000 that differ by hundredths, by 10 units in the last place: statistics, output and gradients are those of doubles.</summary>
    [Theory]
    [InlineData(40)]
    [InlineData(3)]
    public void AMeanFarAboveTheDeviationCostsNoAccuracy(int channels)
    {
        var shape = new Shape(8, 30, 20, channels);
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        float[] values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            // The mean wanders from pixel to pixel, as it does within an image.
            values[i] = (float)(10_000 + (0.01 * stream.NextNormal()) + (0.01 * Math.Sin(i / 5000.0)));
        }

        var (y, dx, dw, mean, variance) = Run<float>(shape, values);
        var (yExact, dxExact, dwExact, meanExact, varianceExact) = Run<double>(shape, [.. values.Select(value => (double)value)]);

        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(yExact[i], y[i], 5e-6 * 5);
            Assert.Equal(dxExact[i], dx[i], 2e-6 * dxExact.Max());
        }

        for (int c = 0; c < channels; c++)
        {
            Assert.Equal(dwExact[c], dw[c], 1e-5 * dwExact.Max(Math.Abs));
            Assert.Equal(meanExact[c], mean[c], 1e-7 * meanExact[c]);
            Assert.Equal(varianceExact[c], variance[c], 2e-6 * varianceExact[c]);
            double average = Enumerable.Range(0, values.Length / channels).Average(i => (double)values[(i * channels) + c]);
            double squares = Enumerable.Range(0, values.Length / channels).Sum(i => Math.Pow(values[(i * channels) + c] - average, 2));
            Assert.Equal(0.5 * average, meanExact[c], 1e-12 * average);
            Assert.Equal(0.5 + (0.5 * squares / ((values.Length / channels) - 1)), varianceExact[c], 1e-12);
        }
    }

    /// <summary>The first numbers of a chunk, which its sums are shifted by, may lie anywhere.</summary>
    [Fact]
    public void AnOutlierInFrontCostsNoAccuracy()
    {
        const int Rows = 4096, Channels = 17;
        float[] values = new float[Rows * Channels];
        var stream = new RandomStream(2, StreamPurpose.Noise, 0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)stream.NextNormal() + (i / Channels % 256 == 0 ? 1000 : 0);
        }

        double[] variance = Run<float>(new Shape(Rows, Channels), values).Variance;
        double[] exact = Run<double>(new Shape(Rows, Channels), [.. values.Select(value => (double)value)]).Variance;
        Assert.All(exact.Zip(variance), pair => Assert.Equal(pair.First, pair.Second, 2e-6 * pair.First));
    }

    [Fact]
    public void AConstantChannelIsTheBias()
    {
        using var tape = new Tape<float>(executor);
        var x = tape.Constant(new Shape(300, 5), 0.1);
        var y = tape.BatchNorm(x, tape.Constant(new Shape(5), 2), tape.Constant(new Shape(5), 0.7), 1e-5);

        Assert.All(y.Span.ToArray(), value => Assert.Equal(0.7f, value));
    }

    [Fact]
    public void ANaNStaysInItsChannel()
    {
        using var tape = new Tape<float>(executor);
        var x = tape.Tensor(300, 20);
        for (int i = 0; i < x.Count; i++)
        {
            x.Span[i] = i % 7;
        }

        x.Span[(123 * 20) + 4] = float.NaN;
        float[] y = tape.BatchNormRelu(x, tape.Constant(new Shape(20), 1), tape.Tensor(20), 1e-5).Span.ToArray();

        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(i % 20 == 4, float.IsNaN(y[i]));
        }
    }

    [Fact]
    public void RunningStatisticsMoveInReplaysOnlyAndOnlyIfThePositionLetsThem()
    {
        using var tape = new Tape<double>(executor);
        var position = new StepPosition(0);
        var running = new RunningStatistics<double>(tape.Tensor(1), tape.Constant(new Shape(1), 1), 0.25, position);
        var x = tape.Tensor(new Shape(3, 1), [1, 2, 6]);
        _ = tape.BatchNorm(x, tape.Constant(new Shape(1), 1), tape.Tensor(1), 1e-5, running);
        Assert.Equal((0, 1), (running.Mean.Item, running.Variance.Item));

        tape.Replay();
        Assert.Equal((0.25 * 3, 0.75 + (0.25 * 7)), (running.Mean.Item, running.Variance.Item));

        position.MovesStatistics = false;
        tape.Replay();
        Assert.Equal((0.25 * 3, 0.75 + (0.25 * 7)), (running.Mean.Item, running.Variance.Item));

        position.MovesStatistics = true;
        x.Span.Clear();
        tape.Replay();
        Assert.Equal((0.75 * 0.25 * 3, 0.75 * (0.75 + (0.25 * 7))), (running.Mean.Item, running.Variance.Item));
    }

    [Fact]
    public void OneValueInEachChannelIsRefused()
    {
        using var tape = new Tape<float>(executor);
        Tensor<float> x = tape.Tensor(1, 6), images = tape.Tensor(1, 1, 1, 6), vector = tape.Tensor(6);

        Assert.Equal("batch_norm: training needs more than one value per channel, got an input [1, 6].",
            Assert.Throws<BadInputException>(() => tape.BatchNorm(x, vector, vector, 1e-5)).Message);
        Assert.Equal("batch_norm_add_relu: training needs more than one value per channel, got an input [1, 1, 1, 6].",
            Assert.Throws<BadInputException>(() => tape.BatchNormAddRelu(images, images, vector, vector, 1e-5)).Message);
    }

    /// <summary>Each gradient alone, in any order, is that of all together.</summary>
    [Fact]
    public void GradientsComeOneByOne()
    {
        using var tape = new Tape<double>(executor);
        Tensor<double> x = Filled(tape, 1, 9, 2, 2, 5), addend = Filled(tape, 2, 9, 2, 2, 5), weight = Filled(tape, 3, 5), bias = Filled(tape, 4, 5);
        Tensor<double>[] all = [x, addend, weight, bias];
        Array.ForEach(all, tape.Watch);
        var loss = tape.Sum(tape.Multiply(tape.BatchNormAddRelu(x, addend, weight, bias, 1e-5), Filled(tape, 5, 9, 2, 2, 5)));
        var together = tape.Gradient(loss, all);

        for (int i = all.Length - 1; i >= 0; i--)
        {
            Assert.Equal(together[i].Span.ToArray(), tape.Gradient(loss, all[i])[0].Span.ToArray());
            Assert.Contains(together[i].Span.ToArray(), value => value != 0);
        }
    }

    static Tensor<double> Filled(Tape<double> tape, int draw, params int[] sizes)
    {
        var stream = new RandomStream(3, StreamPurpose.Noise, (ulong)draw);
        var tensor = tape.Tensor(sizes);
        foreach (ref double value in tensor.Span)
        {
            value = stream.NextNormal();
        }

        return tensor;
    }

    /// <summary>Output, gradients and running statistics of momentum ½ after a replay, for a loss that weighs the elements differently.</summary>
    (double[] Y, double[] Dx, double[] Dw, double[] Mean, double[] Variance) Run<T>(Shape shape, T[] values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(executor);
        var channels = new Shape(shape[shape.Rank - 1]);
        var running = new RunningStatistics<T>(tape.Constant(channels, 0), tape.Constant(channels, 1), 0.5, new StepPosition(0));
        Tensor<T> x = tape.Tensor(shape, values), weight = tape.Constant(channels, 1.5), dy = tape.Constant(shape, 0);
        for (int i = 0; i < dy.Count; i++)
        {
            dy.Span[i] = T.CreateTruncating(i * 7 % 11 / 8.0);
        }

        tape.Watch(x);
        tape.Watch(weight);
        var y = tape.BatchNorm(x, weight, tape.Constant(channels, 0.5), 1e-5, running);
        var gradients = tape.Gradient(tape.Sum(tape.Multiply(y, dy)), x, weight);
        tape.Replay();
        return (ToDouble(y), ToDouble(gradients[0]), ToDouble(gradients[1]), ToDouble(running.Mean), ToDouble(running.Variance));

        static double[] ToDouble(Tensor<T> tensor) => [.. tensor.Span.ToArray().Select(double.CreateTruncating)];
    }
}
