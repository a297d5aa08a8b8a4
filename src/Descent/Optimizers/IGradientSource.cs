using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>Where rules that need more than one gradient a step ask for it: the loss of the step's batch as a function of the
/// parameters.</summary>
/// <remarks>What an evaluation must not do: draw another batch, augment or drop anew, or move running statistics. The clipping of the
/// training applies to each gradient of a step alike, by that gradient's own norm.</remarks>
public interface IGradientSource<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Leaves the gradient at the present parameters in <see cref="Parameters{T}.Gradients"/>.</summary>
    GradientEvaluation Evaluate();

    /// <summary>product = H·direction, with the Hessian H of the step's loss at the present parameters. Both as long as the parameters; the
    /// gradients stay as they are.</summary>
    void MultiplyByHessian(Tensor<T> direction, Tensor<T> product);

    /// <summary>The exact diagonal of the Hessian where it is known in closed form; false where it must be estimated.</summary>
    bool TryHessianDiagonal(Tensor<T> diagonal) => false;
}

/// <summary>What one evaluation of the gradient gave beside the gradient.</summary>
/// <param name="Loss">Of the step's batch, at the parameters where the gradient was taken.</param>
/// <param name="GradientScale">What clipping multiplies that gradient by; 1 without.</param>
public readonly record struct GradientEvaluation(double Loss, double GradientScale = 1);
