using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>A step up the slope and back to the bit.</summary>
sealed class Ascent<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Added to the norm that a step is divided by.</summary>
    public const double Epsilon = 1e-12;

    readonly Arena arena = new();
    readonly ParameterVector<T> kept;

    public Ascent(IReadOnlyList<StepParameter<T>> parameters, Executor executor)
    {
        Space = new ParameterSpace<T>(parameters, executor);
        kept = Space.Allocate(arena);
    }

    public ParameterSpace<T> Space { get; }

    public void Leave() => Space.Copy(Space.Values, kept);

    public void Return() => Space.Copy(kept, Space.Values);

    public void Dispose() => arena.Dispose();
}
