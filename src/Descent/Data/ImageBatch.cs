using System.Buffers;
using Descent.Tensors.Kernels;

namespace Descent.Data;

/// <summary>Fills a network's input and its targets from images and the indices that make up a batch.</summary>
public static class ImageBatch
{
    const int StackBytes = 4096;

    /// <summary>Writes the normalized values of the images at <paramref name="indices"/>, without an allocation.</summary>
    /// <param name="images">N images.</param>
    /// <param name="indices">B indices below N, in the order of the batch; one may come twice.</param>
    /// <param name="normalization">With one pair, one a channel, or one a value; fitted.</param>
    /// <param name="destination">[B, height, width, channels]; exactly as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is no image's; the values before it are written.</exception>
    /// <exception cref="ArgumentException">The destination has another length, or the normalization another number of channels.</exception>
    public static void Fill<T>(LabeledImages images, ReadOnlySpan<int> indices, Normalization normalization, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = images.Shape.Length;
        Require(images, indices.Length, normalization, destination.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            var values = destination.Slice(i * length, length);
            if (images.Reals is { } reals)
            {
                normalization.Apply(reals, checked(indices[i] * length), values);
                continue;
            }

            Announce(images, indices, i + 1);
            normalization.Apply(images.Image(indices[i]), values);
        }
    }

    /// <summary>Writes the normalized values of the images at <paramref name="indices"/>, each after its random change.</summary>
    /// <remarks>Allocates nothing for images of up to <see cref="StackBytes"/> values; else a buffer from the shared pool.</remarks>
    /// <param name="augmentation">The changes of the epoch.</param>
    public static void Fill<T>(LabeledImages images, ReadOnlySpan<int> indices, Normalization normalization, in EpochAugmentation augmentation,
        Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = images.Shape.Length;
        Require(images, indices.Length, normalization, destination.Length);
        byte[]? rented = length <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(length);
        var changed = (rented ?? stackalloc byte[StackBytes])[..length];
        for (int i = 0; i < indices.Length; i++)
        {
            Announce(images, indices, i + 1);
            augmentation.Draw(indices[i]).Apply(images.Shape, images.Image(indices[i]), changed);
            normalization.Apply(changed, destination.Slice(i * length, length));
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the classes [B] of the images at <paramref name="indices"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is no image's.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void FillLabels(LabeledImages images, ReadOnlySpan<int> indices, Span<int> destination)
    {
        if (destination.Length != indices.Length)
        {
            throw new ArgumentException($"{indices.Length} labels do not fill {destination.Length} values.", nameof(destination));
        }

        var labels = images.Labels;
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)labels.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"There are {labels.Length} images.");
            }

            destination[i] = labels[indices[i]];
        }
    }

    /// <summary>Writes what a model should give for the images at <paramref name="indices"/>, [B, outputs]: their numbers, or 1 at the output of their class and 0 at
    /// the others.</summary>
    /// <exception cref="ArgumentException">The destination has room for another number of outputs than there are.</exception>
    public static void FillTargets<T>(LabeledImages images, ReadOnlySpan<int> indices, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = destination.Length / indices.Length;
        if (images.Targets is { } targets)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                TensorPrimitives.ConvertTruncating(targets.Row(indices[i]), destination.Slice(i * width, width));
            }

            return;
        }

        destination.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            destination[(i * width) + images.Labels[indices[i]]] = T.One;
        }
    }

    // A batch takes its images from all over the memory.
    static void Announce(LabeledImages images, ReadOnlySpan<int> indices, int next)
    {
        if (next < indices.Length && (uint)indices[next] < (uint)images.Count)
        {
            Prefetch.Run(images.Image(indices[next]));
        }
    }

    static void Require(LabeledImages images, int count, Normalization normalization, int destinationLength)
    {
        int length = images.Shape.Length;
        if (destinationLength != (long)count * length)
        {
            throw new ArgumentException($"{count} images of {images.Shape} do not fill {destinationLength} values.", nameof(destinationLength));
        }

        if (normalization.Period != 1 && normalization.Period != images.Shape.Channels && normalization.Period != length)
        {
            throw new ArgumentException($"Normalization {normalization.Name} has {normalization.Period} pairs, the images have {images.Shape}.",
                nameof(normalization));
        }
    }
}
