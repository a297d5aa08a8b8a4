using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Data;

/// <summary>Random changes to training images, on the fly: each image, bordered by zeros, is cut out again at a random place, and mirrored left to right with
/// probability 1/2. Labels stay; evaluation sees the images as they are.</summary>
/// <remarks>As torchvision's <c>RandomCrop(size, padding)</c> and <c>RandomHorizontalFlip()</c> on images of bytes: the border is byte 0 before the
/// normalization. What is drawn for an image depends on the seed, the epoch and the image's index alone: not on the order, the batch, the thread, or where a training
/// was stopped. It draws other numbers than torchvision.</remarks>
/// <param name="Name">The name in lists.</param>
/// <param name="Padding">Rows and columns of the border on each side; at least 0.</param>
public sealed record Augmentation(string Name, int Padding)
{
    /// <summary>A border of 4, as is usual for images of 32×32.</summary>
    public static Augmentation CropAndFlip { get; } = new("crop-flip", 4);

    /// <summary>All that have a name.</summary>
    public static IReadOnlyList<Augmentation> All { get; } = [CropAndFlip];

    /// <exception cref="BadInputException">There is no such augmentation.</exception>
    public static Augmentation Find(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new BadInputException($"There is no augmentation \"{name}\".{NearestName.Hint(name, All.Select(one => one.Name))}");

    /// <summary>The draws of one epoch.</summary>
    public EpochAugmentation At(ulong seed, int epoch) => new(this, seed, epoch);
}

/// <summary>The random changes of one epoch.</summary>
public readonly record struct EpochAugmentation(Augmentation Augmentation, ulong Seed, int Epoch)
{
    const int Sides = 2;

    /// <summary>What is done to an image.</summary>
    public ImageChange Draw(int image)
    {
        int places = (2 * Augmentation.Padding) + 1;
        var stream = new RandomStream(Seed, StreamPurpose.Augmentation, ((ulong)(uint)Epoch << 32) | (uint)image);
        return new ImageChange(stream.NextInt32(places) - Augmentation.Padding, stream.NextInt32(places) - Augmentation.Padding, stream.NextInt32(Sides) == 1);
    }
}

/// <summary>A shift and a mirroring: the new image at (y, x) is the old one at (y + Top, x + Left), 0 where that is outside; then mirrored.</summary>
public readonly record struct ImageChange(int Top, int Left, bool IsFlipped)
{
    /// <summary>Writes the changed image.</summary>
    /// <param name="image">[height, width, channels].</param>
    /// <param name="destination">As long; must not overlap the image.</param>
    public void Apply(ImageShape shape, ReadOnlySpan<byte> image, Span<byte> destination)
    {
        int rowBytes = shape.Width * shape.Channels;
        for (int y = 0; y < shape.Height; y++)
        {
            var row = destination.Slice(y * rowBytes, rowBytes);
            if ((uint)(y + Top) < (uint)shape.Height)
            {
                Row(shape, image.Slice((y + Top) * rowBytes, rowBytes), row);
            }
            else
            {
                row.Clear();
            }
        }
    }

    void Row(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int shift = Math.Min(Math.Abs(Left), shape.Width) * shape.Channels;
        var kept = Left > 0 ? source[shift..] : source[..^shift];
        // Moving left leaves the border on the right, and mirroring moves it to the other side.
        bool isBorderFirst = (Left < 0) != IsFlipped;
        var place = isBorderFirst ? destination[shift..] : destination[..^shift];
        (isBorderFirst ? destination[..shift] : destination[^shift..]).Clear();
        if (IsFlipped)
        {
            PixelReversal.Run(kept, place, shape.Channels);
        }
        else
        {
            kept.CopyTo(place);
        }
    }
}
