using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>Forward pass, loss and gradient of a batch of one size, recorded once and replayed for every batch of that size.</summary>
sealed class StepGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Tape<T> tape;
    readonly BatchInput<T> input;
    readonly Tensor<T> loss;

    public StepGraph(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, int batchSize,
        StepGraphOptions? options = null)
    {
        options ??= new();
        this.executor = executor;
        tape = new Tape<T>(executor) { IsExact = options.IsExact };
        foreach (var slot in parameters.Slots)
        {
            tape.Watch(slot.Value);
        }

        input = new BatchInput<T>(tape, model, batchSize, normalization);
        loss = input.LossOf(tape, model.Forward(tape, parameters, input.Images, options.Mode, options.Position));
        tape.GradientInto(options.Reduction == Reduction.Sum ? tape.Scale(loss, batchSize) : loss, parameters);
    }

    /// <summary>Bytes reserved for everything between the images and the gradients.</summary>
    public long ReservedBytes => tape.Arena.ReservedBytes;

    /// <summary>Leaves the gradient of the batch's mean loss, or of its sum, in the parameters' buffer and returns the mean loss.</summary>
    public double Run(LabeledImages images, ReadOnlySpan<int> batch, EpochAugmentation? augmentation = null)
    {
        input.Load(executor, images, batch, augmentation);
        return Run();
    }

    /// <summary>The same for the batch that was brought in last.</summary>
    public double Run()
    {
        tape.Replay();
        return double.CreateTruncating(loss.Item);
    }

    public void Dispose() => tape.Dispose();
}
