namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for images [N, H, W, C] in other sizes: up, down, by factors that are no whole numbers, along one axis alone, from and to one pixel; channels
/// that fill vectors and that do not.</summary>
static class ResizeCases
{
    static readonly (int[] Shape, int Height, int Width)[] Sizes =
    [
        ([2, 5, 7, 3], 9, 12), ([1, 9, 8, 5], 4, 3), ([2, 4, 6, 19], 6, 4), ([1, 3, 4, 33], 6, 4), ([3, 5, 5, 3], 5, 5), ([2, 1, 6, 2], 4, 1), ([3, 10, 9, 24], 27, 31),
    ];

    public static OpCase[] Rows { get; } =
        [.. Sizes.Select(x => new OpCase("resize", [x.Shape], v => Resize(x.Shape, x.Height, x.Width, v[0]), x.Height, x.Width))];

    /// <summary>For each output the four pixels around it, each weighted by the area of the opposite rectangle; pixels outside are those of the border.</summary>
    static double[] Resize(int[] shape, int height, int width, double[] x)
    {
        double Pixel(int image, int row, int column, int channel) =>
            x[(((((image * shape[1]) + Math.Clamp(row, 0, shape[1] - 1)) * shape[2]) + Math.Clamp(column, 0, shape[2] - 1)) * shape[3]) + channel];
        return
        [
            .. from image in Enumerable.Range(0, shape[0])
               from row in Enumerable.Range(0, height)
               from column in Enumerable.Range(0, width)
               from channel in Enumerable.Range(0, shape[3])
               let top = ((row + 0.5) / height * shape[1]) - 0.5
               let left = ((column + 0.5) / width * shape[2]) - 0.5
               let i = (int)Math.Floor(top)
               let j = (int)Math.Floor(left)
               let above = ((j + 1 - left) * Pixel(image, i, j, channel)) + ((left - j) * Pixel(image, i, j + 1, channel))
               let below = ((j + 1 - left) * Pixel(image, i + 1, j, channel)) + ((left - j) * Pixel(image, i + 1, j + 1, channel))
               select ((i + 1 - top) * above) + ((top - i) * below),
        ];
    }
}
