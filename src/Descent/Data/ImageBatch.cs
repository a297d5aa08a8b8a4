namespace Descent.Data;

/// <summary>Fills a network's input and its targets from images and the indices that make up a batch.</summary>
public static class ImageBatch
{
    /// <summary>Writes the normalized values of the images at <paramref name="indices"/>, without an allocation.</summary>
    /// <param name="images">N images.</param>
    /// <param name="indices">B indices below N, in the order of the batch; one may come twice.</param>
    /// <param name="normalization">With one pair, or one pair a channel.</param>
    /// <param name="destination">[B, height, width, channels]; exactly as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is no image's; the values before it are written.</exception>
    /// <exception cref="ArgumentException">The destination has another length, or the normalization another number of channels.</exception>
    public static void Fill<T>(LabeledImages images, ReadOnlySpan<int> indices, Normalization normalization, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = images.Shape.Length;
        if (destination.Length != (long)indices.Length * length)
        {
            throw new ArgumentException(
                $"{indices.Length} images of {images.Shape} do not fill {destination.Length} values.", nameof(destination));
        }

        if (normalization.Period != 1 && normalization.Period != images.Shape.Channels)
        {
            throw new ArgumentException($"Normalization {normalization.Name} has {normalization.Period} channels, the images have "
                + $"{images.Shape.Channels}.", nameof(normalization));
        }

        for (int i = 0; i < indices.Length; i++)
        {
            normalization.Apply(images.Image(indices[i]), destination.Slice(i * length, length));
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
}
