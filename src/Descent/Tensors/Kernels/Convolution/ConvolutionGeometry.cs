namespace Descent.Tensors.Kernels;

/// <summary>The sizes of a two-dimensional convolution: images [N, H, W, C], filters [F, KH, KW, C], output [N, H′, W′, F].</summary>
/// <param name="Stride">Steps between output pixels, the same on both axes; at least 1.</param>
/// <param name="Padding">Zeros around the image, the same on all sides; at least 0.</param>
public readonly record struct ConvolutionGeometry(
    int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride, int Padding)
{
    public int OutputHeight => ((Height + (2 * Padding) - KernelHeight) / Stride) + 1;

    public int OutputWidth => ((Width + (2 * Padding) - KernelWidth) / Stride) + 1;

    public int Taps => KernelHeight * KernelWidth;

    public int Pixels => Height * Width;

    public int OutputPixels => OutputHeight * OutputWidth;

    /// <summary>The sizes of the convolution of <paramref name="x"/> [N, H, W, C] by <paramref name="weight"/> [F, KH, KW, C].</summary>
    /// <exception cref="ArgumentException">The sizes do not go together; the message begins with the op's name.</exception>
    public static ConvolutionGeometry Of(string op, Shape x, Shape weight, int stride, int padding)
    {
        if (x.Rank != 4 || weight.Rank != 4 || x[3] != weight[3])
        {
            throw new ArgumentException($"{op}: images [N, H, W, C] and filters [F, KH, KW, C] are needed, got {x} and {weight}.");
        }

        if (stride < 1 || padding < 0)
        {
            throw new ArgumentException($"{op}: stride must be at least 1 and padding at least 0, got {stride} and {padding}.");
        }

        if (x[1] + (2 * padding) < weight[1] || x[2] + (2 * padding) < weight[2])
        {
            throw new ArgumentException($"{op}: filters {weight} are larger than images {x} with padding {padding}.");
        }

        return new(x[1], x[2], x[3], weight[0], weight[1], weight[2], stride, padding);
    }

    /// <summary>The pixel of the input that output pixel (y, x) reads through a tap, as y·W + x, or −1 in the padding.</summary>
    public int Source(int outputPixel, int tap)
    {
        int y = (outputPixel / OutputWidth * Stride) + (tap / KernelWidth) - Padding;
        int x = (outputPixel % OutputWidth * Stride) + (tap % KernelWidth) - Padding;
        return (uint)y < (uint)Height && (uint)x < (uint)Width ? (y * Width) + x : -1;
    }

    /// <summary>The taps through which some output pixel reads the image. With padding, images smaller than the filters are not met by all.</summary>
    public int[] TapsThatMeetTheImage()
    {
        var geometry = this;
        return [.. Enumerable.Range(0, Taps).Where(tap => Enumerable.Range(0, geometry.OutputPixels).Any(pixel => geometry.Source(pixel, tap) >= 0))];
    }

    /// <summary>The pixel of the output that reads input pixel (y, x) through a tap, or −1 where none does.</summary>
    public int Target(int inputPixel, int tap)
    {
        int y = (inputPixel / Width) + Padding - (tap / KernelWidth), x = (inputPixel % Width) + Padding - (tap % KernelWidth);
        return y >= 0 && x >= 0 && y % Stride == 0 && x % Stride == 0 && y / Stride < OutputHeight && x / Stride < OutputWidth
            ? (y / Stride * OutputWidth) + (x / Stride)
            : -1;
    }
}
