using Descent.Tensors;

namespace Descent.Layers;

/// <summary>In training each element is 0 with probability p, else x/(1 − p); in evaluation everything passes as it is: torch.nn.Dropout.</summary>
/// <remarks>What is dropped depends on seed, step, layer and the element's place in the whole batch of the step alone, so that two optimizers with one seed drop alike.
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014).</remarks>
/// <param name="probability">p in [0, 1).</param>
public sealed class Dropout(double probability) : ILayer
{
    public double Probability { get; } = probability is >= 0 and < 1 ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A dropout's probability lies in [0, 1).");

    public string Kind => $"dropout {Probability}";

    /// <summary>Nothing is done where nothing can be dropped.</summary>
    public bool IsView => Probability == 0;

    public Shape Output(Shape input) => input;

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        pass.Mode == Mode.Evaluation || Probability == 0 ? x : pass.Tape.Dropout(x, Probability, pass.Position, pass.Number);
}
