using Descent.Autodiff;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>What a training makes small: a number from a model's outputs and what they should be.</summary>
public sealed class Loss
{
    Loss(string name) => Name = name;

    /// <summary>Softmax cross-entropy with the label, the mean over the batch: torch.nn.CrossEntropyLoss.</summary>
    public static Loss CrossEntropy { get; } = new("cross_entropy");

    /// <summary>The mean over batch and outputs of (output − target)²: torch.nn.MSELoss. The target is the number, or for a class 1 at its output and 0 at the others.</summary>
    public static Loss SquaredError { get; } = new("squared_error");

    public static IReadOnlyList<Loss> All { get; } = [CrossEntropy, SquaredError];

    public string Name { get; }

    /// <exception cref="BadInputException">There is no such loss; the message suggests the nearest.</exception>
    public static Loss Find(string name) => All.FirstOrDefault(loss => loss.Name == name)
        ?? throw new BadInputException($"There is no loss \"{name}\".{NearestName.Hint(name, All.Select(loss => loss.Name))}");

    /// <summary>The loss of a batch.</summary>
    /// <param name="output">[N, outputs].</param>
    /// <param name="labels">N labels; read by the cross-entropy alone.</param>
    /// <param name="targets">[N, outputs]; read by the squared error alone, and may be null without it.</param>
    public Tensor<T> Of<T>(Tape<T> tape, Tensor<T> output, Labels labels, Tensor<T>? targets) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        this == CrossEntropy ? tape.SoftmaxCrossEntropy(output, labels) : tape.Mean(tape.Square(tape.Subtract(output, targets!)));
}
