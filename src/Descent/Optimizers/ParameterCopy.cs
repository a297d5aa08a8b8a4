using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>The parameters as they were, while they are elsewhere for a gradient or an evaluation. Memory is taken at the first use.</summary>
sealed class ParameterCopy<T>(Tensor<T> values) : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    Tensor<T>? kept;
    bool isAway;

    /// <exception cref="InvalidOperationException">They are away already.</exception>
    public void Keep()
    {
        if (isAway)
        {
            throw new InvalidOperationException("The parameters have been moved already and must be put back first.");
        }

        kept ??= arena.Allocate<T>(values.Shape);
        values.Span.CopyTo(kept.Span);
        isAway = true;
    }

    /// <summary>Puts the parameters back, to the bit; nothing where they are not away.</summary>
    public void GiveBack()
    {
        if (isAway)
        {
            kept!.Span.CopyTo(values.Span);
            isAway = false;
        }
    }

    public void Dispose() => arena.Dispose();
}
