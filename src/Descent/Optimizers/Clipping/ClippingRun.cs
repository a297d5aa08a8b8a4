namespace Descent.Optimizers.Clipping;

/// <summary>A clipping at work on the gradients of a training, with what it remembers.</summary>
public abstract class ClippingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Clips the gradient in place, or says what it is to be multiplied by.</summary>
    /// <param name="norm">Its global norm, finite.</param>
    public abstract ClippedGradient Clip(double norm);

    /// <summary>The same for a further gradient of the same step, of which nothing is remembered.</summary>
    public virtual ClippedGradient ClipAgain(double norm) => Clip(norm);

    /// <summary>What is remembered, as a text that reads back to the same bits; null where nothing is.</summary>
    public virtual string? Save() => null;

    /// <exception cref="BadInputException">It is no such text.</exception>
    public virtual void Restore(string saved) => throw new InvalidOperationException($"{GetType().Name} remembers nothing.");
}

/// <summary>What clipping left of a gradient.</summary>
/// <param name="Scale">What the gradients in their buffer are to be multiplied by; the update does so without a pass of its own.</param>
/// <param name="Norm">The global norm then.</param>
public readonly record struct ClippedGradient(double Scale, double Norm);
