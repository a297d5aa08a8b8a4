namespace Descent.Tensors.Kernels;

/// <summary>The sizes of a pooling of images [N, H, W, C] by square windows: output [N, H′, W′, C] with H′ = ⌊(H + 2·padding − size)/stride⌋ + 1 and W′ alike.</summary>
/// <param name="Size">Rows and columns of a window.</param>
/// <param name="Stride">Steps between windows, the same on both axes; at least 1.</param>
/// <param name="Padding">Rows and columns around the image, the same on all sides; at most half of the size, so that no window lies outside.</param>
public readonly record struct PoolingGeometry(int Images, int Height, int Width, int Channels, int Size, int Stride, int Padding)
{
    public int OutputHeight => ((Height + (2 * Padding) - Size) / Stride) + 1;

    public int OutputWidth => ((Width + (2 * Padding) - Size) / Stride) + 1;

    public Shape InputShape => new(Images, Height, Width, Channels);

    public Shape OutputShape => new(Images, OutputHeight, OutputWidth, Channels);

    /// <summary>The sizes of the pooling of <paramref name="x"/> [N, H, W, C].</summary>
    /// <exception cref="ArgumentException">The sizes do not go together; the message begins with the op's name.</exception>
    public static PoolingGeometry Of(string op, Shape x, int size, int stride, int padding)
    {
        if (x.Rank != 4)
        {
            throw new ArgumentException($"{op}: images [N, H, W, C] are needed, got {x}.");
        }

        if (size < 1 || stride < 1 || padding < 0 || padding > size / 2)
        {
            throw new ArgumentException($"{op}: size and stride must be at least 1 and padding 0 to half of the size, got {size}, {stride} and {padding}.");
        }

        if (Math.Min(x[1], x[2]) + (2 * padding) < size)
        {
            throw new ArgumentException($"{op}: windows of {size} by {size} are larger than images {x} with padding {padding}.");
        }

        return new(x[0], x[1], x[2], x[3], size, stride, padding);
    }

    /// <summary>Along one axis: where the window of an output begins, before the image perhaps, and which of its taps lie inside the image.</summary>
    internal (int Start, int First, int End) Window(int output, int length)
    {
        int start = (output * Stride) - Padding;
        return (start, Math.Max(0, -start), Math.Min(Size, length - start));
    }

    /// <summary>Along one axis: the outputs whose windows hold an input.</summary>
    internal (int First, int End) Windows(int input, int outputs)
    {
        int beyond = input + Padding - Size;
        return (beyond < 0 ? 0 : (beyond / Stride) + 1, Math.Min(outputs, ((input + Padding) / Stride) + 1));
    }
}
