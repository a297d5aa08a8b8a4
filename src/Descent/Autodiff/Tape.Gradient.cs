using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>The gradients of the scalar <paramref name="loss"/> by each tensor of <paramref name="with"/>, which were watched before the loss was
    /// computed. They cannot be differentiated again; see <see cref="DifferentiableGradient"/>.</summary>
    /// <remarks>A tensor on which the loss does not depend has the gradient zero. The memory of what is computed on the way is used again as soon as nothing on
    /// the way ahead refers to it.</remarks>
    /// <exception cref="InvalidOperationException">An op on the way has no gradient; the message names it.</exception>
    public Tensor<T>[] Gradient(Tensor<T> loss, params IReadOnlyList<Tensor<T>> with) => FinalGradient(loss, with, []);

    /// <summary>Like <see cref="Gradient"/>, but what it computes is recorded too, so that it can be differentiated again: the gradient of
    /// ⟨∇f, v⟩ is the product of the Hessian with v.</summary>
    public Tensor<T>[] DifferentiableGradient(Tensor<T> loss, params IReadOnlyList<Tensor<T>> with) => new GradientWalk(this, loss, with, []).Run();

    /// <param name="homes">Where the gradients by some tensors shall lie. Those that moved there are taken out.</param>
    Tensor<T>[] FinalGradient(Tensor<T> loss, IReadOnlyList<Tensor<T>> with, Dictionary<Tensor<T>, Tensor<T>> homes)
    {
        bool before = isRecording;
        isRecording = false;
        try
        {
            var gradients = new GradientWalk(this, loss, with, homes).Run();
            ReleasePassing(gradients);
            return gradients;
        }
        finally
        {
            isRecording = before;
            passing.Clear();
        }
    }

    /// <summary>Gives the memory of all passing tensors back but that of those still <paramref name="needed"/> and of what they are views of.</summary>
    void ReleasePassing(IEnumerable<Tensor<T>> needed)
    {
        var owners = needed.Select(tensor => tensor.Owner).ToHashSet();
        foreach (var tensor in passing.Where(tensor => !owners.Contains(tensor) && tensor.IsTransient))
        {
            Arena.Release(tensor);
        }

        _ = passing.RemoveAll(tensor => !owners.Contains(tensor));
    }
}
