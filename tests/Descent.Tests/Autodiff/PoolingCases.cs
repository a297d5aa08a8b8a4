namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for poolings of images [N, H, W, C]: windows side by side, overlapping, apart, and over the border; channels that fill vectors and
/// that do not.</summary>
static class PoolingCases
{
    static readonly (int[] Shape, int Size, int Stride, int Padding)[] Sizes =
    [
        ([2, 6, 4, 32], 2, 2, 0), ([1, 5, 7, 3], 2, 2, 0), ([2, 5, 5, 37], 2, 2, 1), ([2, 7, 6, 19], 3, 2, 1), ([1, 6, 5, 16], 3, 1, 1), ([1, 8, 7, 5], 2, 3, 0),
        ([3, 30, 20, 24], 3, 2, 1), ([3, 22, 32, 24], 2, 2, 0),
    ];

    public static OpCase[] Rows { get; } =
    [
        .. Sizes.Select(x => new OpCase("max_pool2d", [x.Shape], v => Largest(x.Shape, x.Size, x.Stride, x.Padding, v[0]), x.Size, x.Stride, x.Padding)
        {
            // No two numbers are so close that a difference quotient meets the kink.
            Adjust = v => v[0] = [.. v[0].Select((_, i) => 0.05 * (i * 7919L % v[0].Length))],
        }),
        .. Sizes.Select(x => new OpCase("average_pool2d", [x.Shape], v =>
            Pool(x.Shape, x.Size, x.Stride, x.Padding, taps => taps.Sum(i => v[0][i]) / (x.Size * x.Size)), x.Size, x.Stride, x.Padding)),
        Global([2, 3, 5, 19]),
        Global([3, 20, 30, 32]),
    ];

    /// <summary>The largest of each window of images <paramref name="x"/> of a shape [N, H, W, C].</summary>
    public static double[] Largest(int[] shape, int size, int stride, int padding, double[] x) => Pool(shape, size, stride, padding, taps => taps.Max(i => x[i]));

    static OpCase Global(int[] shape) => new("global_average_pool2d", [shape], v => Naive.Matrix(shape[0], shape[3], (image, channel) =>
        Enumerable.Range(0, shape[1] * shape[2]).Average(pixel => v[0][(((image * shape[1] * shape[2]) + pixel) * shape[3]) + channel])));

    /// <summary>For each output the value of its window's elements, which are given by their places inside the image.</summary>
    static double[] Pool(int[] shape, int size, int stride, int padding, Func<IEnumerable<int>, double> value)
    {
        int height = ((shape[1] + (2 * padding) - size) / stride) + 1, width = ((shape[2] + (2 * padding) - size) / stride) + 1;
        return [.. Enumerable.Range(0, shape[0] * height * width * shape[3]).Select(o =>
        {
            int channel = o % shape[3], pixel = o / shape[3];
            var taps = from tap in Enumerable.Range(0, size * size)
                       let row = (pixel / width % height * stride) + (tap / size) - padding
                       let column = (pixel % width * stride) + (tap % size) - padding
                       where row >= 0 && row < shape[1] && column >= 0 && column < shape[2]
                       select (((((pixel / (height * width) * shape[1]) + row) * shape[2]) + column) * shape[3]) + channel;
            return value(taps);
        })];
    }
}
