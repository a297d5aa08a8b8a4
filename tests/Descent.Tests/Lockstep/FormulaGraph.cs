using System.Numerics;
using Descent.Autodiff;
using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Workloads;

namespace Descent.Tests.Lockstep;

/// <summary>A recorded training graph of a workload's network from the formula's weights, and the formula's batches for it.</summary>
sealed class FormulaGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly WorkerPool pool = new(2);
    readonly Model model;
    readonly Tape<T> tape;
    readonly Tensor<T> images, loss;
    readonly Labels labels;
    readonly LabeledImages data;
    readonly Normalization normalization;
    readonly int batchSize;

    public FormulaGraph(Workload workload, Model model, int batches, int batchSize, bool isExact)
    {
        (this.model, this.batchSize) = (model, batchSize);
        data = Formula.Images(workload, batches * batchSize, model.Input.Rank == 3 ? model.Input[0] : null);
        normalization = workload.Normalization.FittedTo(DataPart.Whole("train", data));
        Executor = pool.CreateExecutor();
        Parameters = Formula.Parameters<T>(model);
        tape = new Tape<T>(Executor) { IsExact = isExact };
        foreach (var slot in Parameters.Slots)
        {
            tape.Watch(slot.Value);
        }

        images = tape.Arena.Allocate<T>(model.Batch(batchSize));
        labels = tape.Labels(batchSize);
        loss = tape.SoftmaxCrossEntropy(model.Forward(tape, Parameters, images, Mode.Training), labels);
        tape.GradientInto(loss, Parameters);
    }

    public Executor Executor { get; }

    public Parameters<T> Parameters { get; }

    /// <summary>The loss of a batch, whose gradient lies in the parameters' buffer then.</summary>
    public double Run(int batch)
    {
        int[] indices = [.. Enumerable.Range(batch * batchSize, batchSize)];
        ImageBatch.Fill(data, indices, normalization, images.Span);
        ImageBatch.FillLabels(data, indices, labels.Span);
        tape.Replay();
        return double.CreateTruncating(loss.Item);
    }

    /// <summary>The logits of the first images in evaluation mode.</summary>
    public double[] Evaluate(int count)
    {
        using var evaluation = new Tape<T>(Executor) { IsExact = tape.IsExact };
        var first = evaluation.Arena.Allocate<T>(model.Batch(count));
        ImageBatch.Fill(data, [.. Enumerable.Range(0, count)], normalization, first.Span);
        return [.. model.Forward(evaluation, Parameters, first).Span.ToArray().Select(double.CreateTruncating)];
    }

    public void Dispose()
    {
        tape.Dispose();
        Parameters.Dispose();
        Executor.Dispose();
        pool.Dispose();
    }
}
