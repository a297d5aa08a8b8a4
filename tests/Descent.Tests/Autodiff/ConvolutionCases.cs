namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for convolutions: images [2, 6, 5, C], filters [4, 3, 3, C], [4, 1, 1, C] and [4, 7, 7, C] (the stem of
/// residual networks); few channels and many go through other code.</summary>
static class ConvolutionCases
{
    const int Images = 2, Height = 6, Width = 5, Filters = 4;

    public static OpCase[] Rows { get; } =
    [
        .. new[] { (3, 3, 1, 1), (9, 3, 2, 1), (8, 3, 1, 0), (3, 7, 2, 3), (9, 1, 2, 0) }.SelectMany(size => Family(size.Item1, size.Item2, size.Item3, size.Item4)),
        .. new[] { (2, 2, 0), (3, 2, 1), (2, 1, 1) }.SelectMany(pool => (OpCase[])[Pooled(3, pool.Item1, pool.Item2, pool.Item3), Pooled(9, pool.Item1, pool.Item2, pool.Item3)]),
    ];

    /// <summary>A 1×1 convolution whose filters are on or off for all pixels, so that none lies near the kink of ReLU; then pooling, whose naive loop has a test of its
    /// own.</summary>
    static OpCase Pooled(int channels, int size, int stride, int padding)
    {
        const int Pixels = Height * Width;
        int[] x = [Images, Height, Width, channels], w = [Filters, 1, 1, channels];
        return new("conv2d_bias_relu_max_pool2d", [x, w, [Filters]], v =>
        {
            double[] sums = Naive.Matrix(Images * Pixels, Filters, (pixel, filter) =>
                Math.Max(0, v[2][filter] + Enumerable.Range(0, channels).Sum(c => v[0][(pixel * channels) + c] * v[1][(filter * channels) + c])));
            return PoolingCases.Largest([Images, Height, Width, Filters], size, stride, padding, sums);
        }, 1, 0, size, stride, padding)
        {
            Low = 0.2,
            High = 1,
            Adjust = v =>
            {
                // The first channel decides, and sets all pixels apart: no difference quotient meets a window's kink.
                v[0] = [.. v[0].Select((value, i) => i % channels == 0 ? 0.3 * (i / channels * 7 % (Images * Pixels)) : 0.005 * value)];
                v[2] = [1, -100, 2, -200];
            },
        };
    }

    static OpCase[] Family(int channels, int kernel, int stride, int padding)
    {
        int height = Size(Height), width = Size(Width);
        int[] x = [Images, Height, Width, channels], w = [Filters, kernel, kernel, channels], y = [Images, height, width, Filters];
        return
        [
            new("conv2d", [x, w], v => Sums(y, (o, i, k, add) => add(o, v[0][i] * v[1][k])), stride, padding),
            new("conv2d_bias", [x, w, [Filters]], v => Biased(v), stride, padding),
            new("conv2d_bias_relu", [x, w, [Filters]], v => [.. Biased(v).Select(value => Math.Max(value, 0))], stride, padding)
            {
                // Filters are on or off for all pixels, far from the kink.
                Low = 0.2, High = 1, Adjust = v => v[2] = [1, -100, 2, -200],
            },
            new("conv2d_input", [y, w], v => Sums(x, (o, i, k, add) => add(i, v[0][o] * v[1][k])), Height, Width, stride, padding),
            new("conv2d_weight", [x, y], v => Sums(w, (o, i, k, add) => add(k, v[0][i] * v[1][o])), kernel, kernel, stride, padding),
        ];

        int Size(int input) => ((input + (2 * padding) - kernel) / stride) + 1;

        double[] Biased(double[][] v)
        {
            var sums = Sums(y, (o, i, k, add) => add(o, v[0][i] * v[1][k]));
            return [.. sums.Select((value, o) => value + v[2][o % Filters])];
        }

        // Calls back for every product of the convolution with the places of its output, image and filter elements.
        double[] Sums(int[] result, Action<int, int, int, Action<int, double>> product)
        {
            var sums = new double[result.Aggregate(1, (a, b) => a * b)];
            for (int o = 0; o < Images * height * width * Filters; o++)
            {
                int filter = o % Filters, pixel = o / Filters, image = pixel / (height * width);
                for (int k = filter * kernel * kernel * channels; k < (filter + 1) * kernel * kernel * channels; k++)
                {
                    int tap = k / channels % (kernel * kernel);
                    int row = (pixel / width % height * stride) + (tap / kernel) - padding, column = (pixel % width * stride) + (tap % kernel) - padding;
                    if (row is >= 0 and < Height && column is >= 0 and < Width)
                    {
                        product(o, (((((image * Height) + row) * Width) + column) * channels) + (k % channels), k, (at, value) => sums[at] += value);
                    }
                }
            }

            return sums;
        }
    }
}
