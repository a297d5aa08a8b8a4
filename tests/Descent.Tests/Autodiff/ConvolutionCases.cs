namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for convolutions: images [2, 6, 5, C], filters [4, 3, 3, C]; few channels and many go through other code.</summary>
static class ConvolutionCases
{
    const int Images = 2, Height = 6, Width = 5, Filters = 4, Kernel = 3;

    public static OpCase[] Rows { get; } =
    [
        .. new[] { (3, 1, 1), (9, 2, 1), (8, 1, 0) }.SelectMany(size => Family(size.Item1, size.Item2, size.Item3)),
    ];

    static OpCase[] Family(int channels, int stride, int padding)
    {
        int height = Size(Height), width = Size(Width);
        int[] x = [Images, Height, Width, channels], w = [Filters, Kernel, Kernel, channels], y = [Images, height, width, Filters];
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
            new("conv2d_weight", [x, y], v => Sums(w, (o, i, k, add) => add(k, v[0][i] * v[1][o])), Kernel, Kernel, stride, padding),
        ];

        int Size(int input) => ((input + (2 * padding) - Kernel) / stride) + 1;

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
                for (int k = filter * Kernel * Kernel * channels; k < (filter + 1) * Kernel * Kernel * channels; k++)
                {
                    int tap = k / channels % (Kernel * Kernel);
                    int row = (pixel / width % height * stride) + (tap / Kernel) - padding, column = (pixel % width * stride) + (tap % Kernel) - padding;
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
