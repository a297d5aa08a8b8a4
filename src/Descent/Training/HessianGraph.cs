using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>The product of the Hessian of a batch's loss with a direction, for batches of one size, recorded once: the gradient of ⟨∇f, v⟩.</summary>
sealed class HessianGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Executor executor;
    readonly Tape<T> tape;
    readonly BatchInput<T> input;
    readonly Tensor<T> direction;

    /// <param name="options">With <see cref="Reduction.Sum"/> the Hessian is that of the sum of losses, else of their mean.</param>
    public HessianGraph(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, int batchSize, StepGraphOptions options)
    {
        this.executor = executor;
        (direction, Product) = (arena.Allocate<T>(parameters.Values.Shape), arena.Allocate<T>(parameters.Values.Shape));
        tape = new Tape<T>(executor) { IsExact = options.IsExact };
        var values = parameters.Slots.Select(slot => slot.Value).ToArray();
        Array.ForEach(values, tape.Watch);
        input = new BatchInput<T>(tape, model, batchSize, normalization);
        var loss = input.LossOf(tape, model.Forward(tape, parameters, input.Images, options.Mode, options.Position));
        var gradients = tape.DifferentiableGradient(options.Reduction == Reduction.Sum ? tape.Scale(loss, batchSize) : loss, values);
        var slopes = gradients.Select((gradient, i) => tape.Sum(tape.Multiply(gradient, Part(direction, parameters.Slots[i]))));
        var products = tape.Gradient(slopes.Aggregate(tape.Add), values);
        for (int i = 0; i < products.Length; i++)
        {
            tape.Run(Elementwise.Map(products[i], Part(Product, parameters.Slots[i]), static (x, y) => x.CopyTo(y)));
        }
    }

    /// <summary>What the last run left, as long as the parameters.</summary>
    public Tensor<T> Product { get; }

    /// <summary>Leaves the product at the present parameters.</summary>
    public void Run(LabeledImages images, ReadOnlySpan<int> batch, EpochAugmentation? augmentation, Tensor<T> along)
    {
        input.Load(executor, images, batch, augmentation);
        along.Span.CopyTo(direction.Span);
        tape.Replay();
    }

    public void Dispose()
    {
        tape.Dispose();
        arena.Dispose();
    }

    static Tensor<T> Part(Tensor<T> whole, Parameter<T> slot) => whole.Slice(slot.Start, slot.Info.Shape);
}
