namespace Descent.Data;

/// <summary>Images with the number of their class, in the order of the file they came from. Rows of a table are images of one pixel.</summary>
public sealed class LabeledImages
{
    /// <summary>What a label has room for.</summary>
    public const int MostClasses = 256;

    readonly byte[] pixels = [];
    readonly byte[] labels;

    /// <summary>Images of bytes. Takes the arrays as they are, without a copy.</summary>
    /// <param name="shape">Sizes of one image, each at least 1.</param>
    /// <param name="pixels">All values [N, height, width, channels], row-major.</param>
    /// <param name="labels">N labels, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">Number of classes, 1 to 256.</param>
    /// <exception cref="ArgumentException">Sizes and lengths do not agree, or a label is too large.</exception>
    public LabeledImages(ImageShape shape, byte[] pixels, byte[] labels, int classCount) : this(shape, pixels.LongLength, labels, classCount) => this.pixels = pixels;

    /// <summary>Images of other values; see <see cref="LabeledImages(ImageShape, byte[], byte[], int)"/>.</summary>
    public LabeledImages(ImageShape shape, RealValues values, byte[] labels, int classCount) : this(shape, values.Length, labels, classCount) => Reals = values;

    LabeledImages(ImageShape shape, long valueCount, byte[] labels, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Height, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Width, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Channels, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, MostClasses);
        if (valueCount != (long)labels.Length * shape.Length)
        {
            throw new ArgumentException($"{labels.Length} images of {shape} do not take {valueCount} values.", nameof(valueCount));
        }

        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classCount - 1));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Label {wrong} is {labels[wrong]}, with {classCount} classes.", nameof(labels));
        }

        Shape = shape;
        ClassCount = classCount;
        this.labels = labels;
    }

    public ImageShape Shape { get; }

    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Count => labels.Length;

    /// <summary>All values [N, height, width, channels] where these are no bytes; else null.</summary>
    public RealValues? Reals { get; }

    /// <summary>What a model should give for each image where that is numbers; null where it is the class.</summary>
    public NumberTargets? Targets
    {
        get;
        init => field = value is null || value.Count == Count ? value : throw new ArgumentException($"{Count} images have {value.Count} targets.", nameof(value));
    }

    /// <summary>All values [N, height, width, channels]; none where they are in <see cref="Reals"/>.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The class of each image [N].</summary>
    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>One value of an image.</summary>
    /// <param name="place">Among its values [height, width, channels].</param>
    public double Value(int index, int place) => Reals is null ? Image(index)[place] : Reals[(index * Shape.Length) + place];

    /// <summary>The values of one image [height, width, channels].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of this index.</exception>
    /// <exception cref="InvalidOperationException">Its values are no bytes.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} images.");
        }

        if (Reals is not null)
        {
            throw new InvalidOperationException("These images are not of bytes.");
        }

        int length = Shape.Length;
        return pixels.AsSpan(index * length, length);
    }
}
