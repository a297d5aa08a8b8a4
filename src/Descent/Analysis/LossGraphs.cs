using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>Forward passes and losses of batches, recorded once for each size.</summary>
sealed class LossGraphs<T>(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, StepGraphOptions options, int batchSize) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Dictionary<int, LossGraph<T>> graphs = [];

    /// <summary>The mean loss over a part, summed batch by batch as an evaluation does.</summary>
    public double Mean(DataPart part)
    {
        double total = 0;
        foreach (var (first, batch) in SurfaceBatches.Of(part, batchSize))
        {
            options.Position.FirstImage = first;
            if (!graphs.TryGetValue(batch.Length, out var graph))
            {
                graph = new LossGraph<T>(executor, model, parameters, normalization, batch.Length, options);
                graphs.Add(batch.Length, graph);
            }

            graph.Load(part.Images, batch.Span);
            total += batch.Length * graph.Run();
        }

        return total / part.Count;
    }

    public void Dispose()
    {
        foreach (var graph in graphs.Values)
        {
            graph.Dispose();
        }
    }
}

/// <summary>The forward pass and the mean loss of a batch of one size.</summary>
sealed class LossGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Tape<T> tape;
    readonly BatchInput<T> input;
    readonly Tensor<T> loss;

    public LossGraph(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, int batchSize, StepGraphOptions options)
    {
        this.executor = executor;
        tape = new Tape<T>(executor) { IsExact = options.IsExact };
        input = new BatchInput<T>(tape, model, batchSize, normalization);
        loss = input.LossOf(tape, model.Forward(tape, parameters, input.Images, options.Mode, options.Position));
    }

    /// <summary>Brings a batch in, which stays until the next one.</summary>
    public void Load(LabeledImages images, ReadOnlySpan<int> batch) => input.Load(executor, images, batch);

    /// <summary>The mean loss of the batch at the present parameters.</summary>
    public double Run()
    {
        tape.Replay();
        return double.CreateTruncating(loss.Item);
    }

    public void Dispose() => tape.Dispose();
}
