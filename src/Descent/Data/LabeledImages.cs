namespace Descent.Data;

/// <summary>Images of bytes with the number of their class, in the order of the file they came from.</summary>
public sealed class LabeledImages
{
    readonly byte[] pixels;
    readonly byte[] labels;

    /// <summary>Takes the arrays as they are, without a copy.</summary>
    /// <param name="shape">Sizes of one image, each at least 1.</param>
    /// <param name="pixels">All values [N, height, width, channels], row-major.</param>
    /// <param name="labels">N labels, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">Number of classes, 1 to 256.</param>
    /// <exception cref="ArgumentException">Sizes and lengths do not agree, or a label is too large.</exception>
    public LabeledImages(ImageShape shape, byte[] pixels, byte[] labels, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Height, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Width, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Channels, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, 256);
        if (pixels.LongLength != (long)labels.Length * shape.Length)
        {
            throw new ArgumentException($"{labels.Length} images of {shape} do not take {pixels.Length} values.", nameof(pixels));
        }

        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Label {wrong} is {labels[wrong]}, with {classCount} classes.", nameof(labels));
        }

        Shape = shape;
        ClassCount = classCount;
        this.pixels = pixels;
        this.labels = labels;
    }

    public ImageShape Shape { get; }

    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Count => labels.Length;

    /// <summary>All values [N, height, width, channels].</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The class of each image [N].</summary>
    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>The values of one image [height, width, channels].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of this index.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} images.");
        }

        int length = Shape.Length;
        return pixels.AsSpan(index * length, length);
    }
}
