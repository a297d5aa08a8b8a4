using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>How a part of the images is cut into batches for an analysis.</summary>
static class SurfaceBatches
{
    /// <summary>The batches in file order, each with the place of its first image in the part; the last may be smaller.</summary>
    public static IEnumerable<(int First, ReadOnlyMemory<int> Batch)> Of(DataPart part, int batchSize)
    {
        var indices = part.Indices.ToArray().AsMemory();
        for (int first = 0; first < indices.Length; first += batchSize)
        {
            yield return (first, indices.Slice(first, Math.Min(batchSize, indices.Length - first)));
        }
    }

    /// <summary>The size that was asked for, after a look at whether it fits; null where it is free.</summary>
    /// <exception cref="BadInputException">There are no images, or the batch does not fit.</exception>
    public static int? Size(Model model, DataPart part, Mode mode, int? asked)
    {
        if (part.Count == 0)
        {
            throw new BadInputException($"{part.Name} has no images.");
        }

        if (mode == Mode.Evaluation)
        {
            return null;
        }

        int size = asked ?? throw new ArgumentException("Training mode needs the size of a batch.", nameof(asked));
        if (size < 1 || size > part.Count)
        {
            throw new BadInputException($"batch_size must lie in 1-{part.Count} (images of {part.Name}), got {size}.");
        }

        // A batch norm behind a linear layer has one value a channel and image.
        bool isNormalized = model.Parameters.Any(x => x.Traits.HasFlag(ParameterTraits.Normalization)) && model.Layers.Any(x => x is { Kind: "batch_norm", Output.Rank: 1 });
        return isNormalized && (size == 1 || part.Count % size == 1)
            ? throw new BadInputException($"batch_size {size} leaves a batch of one image of {part.Name} ({part.Count} images), and batch norm in training mode needs two.")
            : size;
    }
}
