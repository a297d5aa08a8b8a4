using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The outputs of all passes of a model over batches of one size.</summary>
sealed class ActivationGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Tape<T> tape;
    readonly BatchInput<T> input;

    public ActivationGraph(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, int batchSize, StepGraphOptions options)
    {
        this.executor = executor;
        tape = new Tape<T>(executor) { IsExact = options.IsExact };
        input = new BatchInput<T>(tape, model, batchSize, normalization);
        Passes = [.. model.Passes(tape, parameters, input.Images, options.Mode, options.Position).Select(pass => new ActivationPass<T>(pass.Layer, pass.Kind, pass.Output))];
    }

    /// <summary>In the model's order; what they give stands there until the next run.</summary>
    public IReadOnlyList<ActivationPass<T>> Passes { get; }

    /// <summary>Runs the passes over a batch.</summary>
    public void Run(LabeledImages images, ReadOnlySpan<int> batch)
    {
        input.Load(executor, images, batch);
        tape.Replay();
    }

    public void Dispose() => tape.Dispose();
}

/// <summary>What neighbouring layers that share a pass give.</summary>
/// <param name="Layer">The last of them.</param>
/// <param name="Kind">All of them, as <c>conv2d_relu</c>.</param>
/// <param name="Output">[N, …, units].</param>
sealed record ActivationPass<T>(LayerDescription Layer, string Kind, Tensor<T> Output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it ends in ReLU, so that units may give zero alone.</summary>
    public bool IsRelu => Kind.Contains("relu", StringComparison.Ordinal);

    /// <summary>The last axis: neurons, or the channels of an image.</summary>
    public int Units => Layer.Output[Layer.Output.Rank - 1];
}
