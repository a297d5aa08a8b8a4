using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

public class ConvolutionTests
{
    /// <summary>images, height, width, channels, filters, kernel, stride, padding.</summary>
    public static TheoryData<int[]> Sizes => new(
        [1, 1, 1, 1, 1, 1, 1, 0], [2, 5, 7, 3, 4, 3, 1, 1], [3, 8, 8, 16, 7, 3, 1, 1], [5, 4, 4, 9, 40, 3, 2, 1], [2, 9, 6, 8, 33, 3, 2, 0],
        [3, 6, 6, 12, 10, 1, 1, 0], [3, 7, 7, 12, 10, 1, 2, 0], [2, 16, 16, 3, 6, 7, 2, 3], [18, 37, 38, 3, 40, 7, 2, 3], [17, 2, 2, 8, 8, 3, 1, 1], [7, 1, 1, 20, 13, 3, 1, 1],
        [2, 15, 15, 4, 5, 5, 2, 2], [2, 8, 8, 32, 48, 3, 1, 1], [3, 7, 9, 64, 32, 3, 1, 1], [2, 6, 5, 32, 32, 3, 1, 0], [2, 5, 5, 32, 32, 3, 1, 2], [300, 2, 2, 3, 2, 3, 1, 1],
        [1, 3, 3, 8, 2, 3, 3, 2], [2, 33, 20, 9, 21, 3, 1, 1], [2, 35, 31, 40, 11, 3, 2, 1], [37, 4, 4, 33, 9, 3, 1, 1], [9, 9, 9, 8, 16, 1, 3, 0],
        [2, 13, 11, 8, 8, 5, 3, 1], [3, 8, 8, 8, 8, 2, 3, 0], [50, 3, 3, 16, 32, 1, 1, 0], [5, 16, 16, 48, 64, 3, 1, 1], [98, 8, 8, 32, 32, 3, 1, 1],
        [1, 2, 2, 32, 32, 3, 1, 1], [37, 2, 2, 64, 96, 3, 1, 1], [300, 2, 2, 48, 32, 3, 1, 1], [130, 1, 1, 40, 24, 3, 1, 1], [70, 2, 1, 24, 16, 3, 2, 1]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ForwardAndGradientsEqualTheNaiveSums(int[] sizes)
    {
        var geometry = Geometry(sizes);
        var actual = Run<double>(1, sizes);
        var expected = Naive(sizes[0], geometry);
        AssertClose(expected.Y, actual.Y, 1e-12);
        AssertClose(expected.Dx, actual.Dx, 1e-12);
        AssertClose(expected.Dw, actual.Dw, 1e-12);
        var single = Run<float>(1, sizes);
        AssertClose(expected.Y, [.. single.Y.Select(x => (double)x)], 2e-5);
        AssertClose(expected.Dx, [.. single.Dx.Select(x => (double)x)], 2e-5);
        AssertClose(expected.Dw, [.. single.Dw.Select(x => (double)x)], 2e-5);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BitsDoNotDependOnTheNumberOfThreads(int[] sizes)
    {
        var one = Run<float>(1, sizes);
        foreach (int threads in (int[])[2, 3, 8])
        {
            var many = Run<float>(threads, sizes);
            Assert.Equal(one.Y, many.Y);
            Assert.Equal(one.Dx, many.Dx);
            Assert.Equal(one.Dw, many.Dw);
        }
    }

    static ConvolutionGeometry Geometry(int[] s) => new(s[1], s[2], s[3], s[4], s[5], s[5], s[6], s[7]);

    static (T[] Y, T[] Dx, T[] Dw) Run<T>(int threads, int[] sizes) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var geometry = Geometry(sizes);
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<T>(executor);
        var x = Fill(tape.Tensor(sizes[0], geometry.Height, geometry.Width, geometry.Channels), 1);
        var weight = Fill(tape.Tensor(geometry.Filters, geometry.KernelHeight, geometry.KernelWidth, geometry.Channels), 2);
        var bias = Fill(tape.Tensor(geometry.Filters), 3);
        var y = tape.Tensor(sizes[0], geometry.OutputHeight, geometry.OutputWidth, geometry.Filters);
        var dy = Fill(tape.Arena.Allocate<T>(y.Shape), 4);
        Tensor<T> dx = tape.Arena.Allocate<T>(x.Shape), dw = tape.Arena.Allocate<T>(weight.Shape);
        Convolution.RecordForward(tape, geometry, x, weight, bias, y, hasRelu: true);
        Convolution.RecordInput(tape, geometry, OutputGradient.Of(dy), weight, dx);
        Convolution.RecordWeight(tape, geometry, x, OutputGradient.Of(dy), dw);
        foreach (var result in (Tensor<T>[])[y, dx, dw])
        {
            // A replay must write every element again.
            result.Span.Fill(T.NaN);
        }

        tape.Replay();
        return (y.Span.ToArray(), dx.Span.ToArray(), dw.Span.ToArray());
    }

    static Tensor<T> Fill<T>(Tensor<T> tensor, int salt) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor.Span[i] = T.CreateTruncating(Value(i, salt));
        }

        return tensor;
    }

    /// <summary>In [−1, 1), without the regularity that would let sums cancel: the fractional part of a quadratic.</summary>
    static double Value(int i, int salt)
    {
        double value = (0.7548776662466927 * i * i) + (0.6180339887498949 * salt * i);
        return (float)((2 * (value - Math.Floor(value))) - 1);
    }

    static (double[] Y, double[] Dx, double[] Dw) Naive(int images, ConvolutionGeometry g)
    {
        var y = new double[images * g.OutputPixels * g.Filters];
        var dx = new double[images * g.Pixels * g.Channels];
        var dw = new double[g.Filters * g.Taps * g.Channels];
        for (int output = 0; output < y.Length; output++)
        {
            var (pixel, filter) = Math.DivRem(output, g.Filters);
            var (image, place) = Math.DivRem(pixel, g.OutputPixels);
            double sum = Value(filter, 3);
            for (int tap = 0; tap < g.Taps; tap++)
            {
                int row = (place / g.OutputWidth * g.Stride) + (tap / g.KernelWidth) - g.Padding;
                int column = (place % g.OutputWidth * g.Stride) + (tap % g.KernelWidth) - g.Padding;
                if (row < 0 || row >= g.Height || column < 0 || column >= g.Width)
                {
                    continue;
                }

                for (int channel = 0; channel < g.Channels; channel++)
                {
                    int input = ((((image * g.Height) + row) * g.Width) + column) * g.Channels + channel;
                    int weight = (((filter * g.Taps) + tap) * g.Channels) + channel;
                    sum += Value(input, 1) * Value(weight, 2);
                    dx[input] += Value(output, 4) * Value(weight, 2);
                    dw[weight] += Value(output, 4) * Value(input, 1);
                }
            }

            y[output] = Math.Max(sum, 0);
        }

        return (y, dx, dw);
    }

    static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        double scale = expected.Max(Math.Abs) + 1e-30;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
