using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>Measures the gradients and activations of a model over the first batches of some images. Parameters and running statistics stay.</summary>
public static class GradientFlowRun
{
    // |g| from 1e-12 to 1e2, five bins a power of ten.
    const double LeastMagnitude = -12, LargestMagnitude = 2, ActivationReach = 6;
    const int Bins = 70;

    /// <param name="parameters">Where it is looked; their gradients are overwritten.</param>
    /// <param name="mode">Of batch norm and dropout.</param>
    /// <param name="batchSize">Images a batch; at least 1, at most the images of the part.</param>
    /// <param name="batches">At least 1; fewer are measured where the part has fewer whole ones.</param>
    /// <param name="progress">Told of each batch; null where nobody asks.</param>
    /// <exception cref="BadInputException">The batch does not fit.</exception>
    public static GradientFlow Measure<T>(Executor executor, Model model, Parameters<T> parameters, DataPart part, Normalization normalization, Mode mode, int batchSize,
        int batches, bool isExact = false, AnalysisProgress? progress = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _ = SurfaceBatches.Size(model, part, Mode.Training, batchSize);
        var position = new StepPosition(seed: 0) { MovesStatistics = false };
        var options = new StepGraphOptions { IsExact = isExact, Mode = mode, Position = position };
        using var graph = new StepGraph<T>(executor, model, parameters, normalization, batchSize, options);
        using var forward = new ActivationGraph<T>(executor, model, parameters, normalization, batchSize, options);
        var gathered = forward.Passes.Select(pass => new GatheredActivation<T>(pass)).ToList();
        var slots = parameters.Slots.Where(slot => slot.Info.Shape.Rank > 1).ToList();
        var norms = slots.Select(_ => new List<double>()).ToList();
        var magnitudes = slots.Select(_ => new Histogram(LeastMagnitude, LargestMagnitude, Bins)).ToList();
        double loss = 0;
        int count = 0;
        progress?.Begin("batches", Math.Min(batches, part.Count / batchSize));
        foreach (var (first, batch) in SurfaceBatches.Of(part, batchSize).Take(Math.Min(batches, part.Count / batchSize)))
        {
            position.FirstImage = first;
            loss += graph.Run(part.Images, batch.Span);
            for (int i = 0; i < slots.Count; i++)
            {
                norms[i].Add(LandscapeDirections.Norm<T>(slots[i].Gradient.Span));
                foreach (T g in slots[i].Gradient.Span)
                {
                    magnitudes[i].Add(Math.Log10(Math.Abs(double.CreateTruncating(g))));
                }
            }

            forward.Run(part.Images, batch.Span);
            gathered.ForEach(one => one.Take());
            count++;
            progress?.Count();
        }

        return new([.. slots.Select((slot, i) => new WeightFlow(slot.Name, norms[i].Average(), norms[i].Min(), norms[i].Max(),
            LandscapeDirections.Norm<T>(slot.Value.Span), magnitudes[i]))], [.. gathered.Select(one => one.Told())], count, loss / count);
    }

    internal static Histogram Activations() => new(-ActivationReach, ActivationReach, Bins);
}
