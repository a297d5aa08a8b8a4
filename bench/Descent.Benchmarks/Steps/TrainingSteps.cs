using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Benchmarks.Steps;

/// <summary>Training steps. The bare step does what PyTorch's script does: forward, loss, backward, update, the loss read out, on a batch that lies in place. The whole
/// step is the training loop's: it makes the batch from bytes first, and takes the gradient's norm.</summary>
static class TrainingSteps
{
    public static Timing Measure(Model model, IOptimizer optimizer, int batchSize, int threads, double seconds, bool isWhole)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(model.Parameters);
        InitializationCatalog.Parse("pytorch").Initialize(parameters, 0);
        using var run = new OptimizerRun<float>(optimizer, parameters, executor);
        using var graph = new StepGraph<float>(executor, model, parameters, Normalization.Mnist, batchSize);
        var norm = new SquaredNorm<float>(parameters.Gradients);
        var images = Images(model, 10 * batchSize);
        int[] batch = [.. Enumerable.Range(0, batchSize).Select(i => 10 * i)];
        _ = graph.Run(images, batch);
        return Timing.Measure(() =>
        {
            double loss = isWhole ? graph.Run(images, batch) + norm.Run(executor) : graph.Run();
            if (!double.IsFinite(loss))
            {
                throw new InvalidOperationException("The benchmark diverged.");
            }

            run.Step();
        }, seconds);
    }

    static LabeledImages Images(Model model, int count)
    {
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        var pixels = new byte[count * model.Input.Count];
        foreach (ref byte pixel in pixels.AsSpan())
        {
            pixel = (byte)stream.NextInt32(256);
        }

        var labels = new byte[count];
        foreach (ref byte label in labels.AsSpan())
        {
            label = (byte)stream.NextInt32(model.Classes);
        }

        return new LabeledImages(new ImageShape(1, model.Input.Count, 1), pixels, labels, model.Classes);
    }
}
