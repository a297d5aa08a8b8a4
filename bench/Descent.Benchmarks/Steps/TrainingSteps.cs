using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Benchmarks.Steps;

/// <summary>Training steps with Adam, and evaluations, on images of noise. The bare step does what PyTorch's script does: forward, loss, backward, update, the loss read out,
/// on a batch that lies in place. The whole step is the training loop's: it makes the batch from bytes first, and takes the gradient's norm.</summary>
static class TrainingSteps
{
    const int EvaluationBatches = 10;

    public static Timing Measure(StepCase step, int threads, double seconds)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        var workload = WorkloadCatalog.Find(step.Workload);
        var model = workload.CreateModel();
        using var parameters = new Parameters<float>(model.Parameters, model.Statistics);
        InitializationCatalog.Parse("pytorch").Initialize(parameters, 0);
        var images = Images(model, EvaluationBatches * step.BatchSize);
        if (step.Kind == StepKind.Evaluation)
        {
            using var evaluation = new Evaluation<float>(executor, model, parameters, workload.Normalization) { IsExact = step.IsExact };
            var part = DataPart.Whole("test", images);
            return Timing.Measure(() => evaluation.Run(part), seconds);
        }

        using var run = new OptimizerRun<float>(new Adam(), parameters, executor);
        using var graph = new StepGraph<float>(executor, model, parameters, workload.Normalization, step.BatchSize, new() { IsExact = step.IsExact });
        var norm = new SquaredNorm<float>(parameters.Gradients);
        int[] batch = [.. Enumerable.Range(0, step.BatchSize).Select(i => EvaluationBatches * i)];
        _ = graph.Run(images, batch);
        return Timing.Measure(() =>
        {
            double loss = step.Kind == StepKind.Whole ? graph.Run(images, batch) + norm.Run(executor) : graph.Run();
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
        var shape = model.Input.Rank == 3 ? new ImageShape(model.Input[0], model.Input[1], model.Input[2]) : new ImageShape(1, model.Input.Count, 1);
        var pixels = new byte[count * shape.Length];
        foreach (ref byte pixel in pixels.AsSpan())
        {
            pixel = (byte)stream.NextInt32(256);
        }

        var labels = new byte[count];
        foreach (ref byte label in labels.AsSpan())
        {
            label = (byte)stream.NextInt32(model.Classes);
        }

        return new LabeledImages(shape, pixels, labels, model.Classes);
    }
}
