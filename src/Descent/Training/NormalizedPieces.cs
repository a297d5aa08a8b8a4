using Descent.Data;
using Descent.Models;

namespace Descent.Training;

/// <summary>Batch norm in training needs two values of a channel: a piece of one image has them only where the image has more than one pixel.</summary>
static class NormalizedPieces
{
    /// <summary>Requires that no step will meet a piece that the model's batch norms cannot take: a last batch, or last piece of a batch, of one image.</summary>
    /// <exception cref="BadInputException">One would; better said now than at the end of an epoch.</exception>
    public static void Require(TrainingSettings settings, BatchOrder order, long totalSteps)
    {
        if (settings.Model.Layers.FirstOrDefault(IsOneValue) is not { } layer)
        {
            return;
        }

        int last = order.CountImages(order.BatchCount - 1);
        int batch = Counts(totalSteps).FirstOrDefault(count => HasSinglePiece(count, settings.PhysicalBatch ?? settings.BatchSize));
        if (batch > 0)
        {
            throw new BadInputException($"{layer.Name} (batch_norm) needs at least 2 images at a time in training, and a batch of {batch} ends in a single one: "
                + $"choose another batch size or physical batch than {settings.BatchSize}{(settings.PhysicalBatch is { } physical ? $" and {physical}" : "")}.");
        }

        IEnumerable<int> Counts(long steps) => steps == 0 ? [] : steps < order.BatchCount ? [order.CountImages(0)] : [order.CountImages(0), last];
    }

    static bool IsOneValue(LayerDescription layer) => layer.Kind == "batch_norm" && layer.Output.Count == layer.Output[layer.Output.Rank - 1];

    static bool HasSinglePiece(int batch, int largest) => batch == 1 || largest == 1 || batch % largest == 1;
}
