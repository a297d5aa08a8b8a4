using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Lookahead: every few steps of the wrapped rule the parameters go part of the way back to where they last were.</summary>
/// <remarks><para>The wrapped rule moves θ;  every k steps s ← s + α·(θ − s), θ ← s, with s = θ at the start.</para>
/// <para>Zhang, Lucas, Hinton and Ba, "Lookahead optimizer: k steps forward, 1 step back", NeurIPS 2019, algorithm 1.</para>
/// <para>Differs between libraries: timm begins s at the first synchronization. The wrapped rule's state stays as it is at a synchronization, the
/// paper's main form (it can be reset or averaged too). Evaluated is θ, also between synchronizations, where the paper evaluates s.</para></remarks>
/// <param name="K">k, steps from synchronization to synchronization.</param>
/// <param name="Alpha">α, the part of the way that is kept.</param>
[Optimizer("lookahead", Source = "arXiv:1907.08610")]
public sealed record Lookahead([Whole(1)] double K = 5, [Fraction] double Alpha = 0.5) : IWrappingOptimizer
{
    public IOptimizer Wrapped { get; init; } = new Sgd();

    public IReadOnlyList<string> OwnStates => ["slow_params"];

    public IWrappingOptimizer Around(IOptimizer wrapped) => this with { Wrapped = wrapped };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (step.Number == 1)
        {
            step.Update(default(StartRule<V>), "slow_params");
        }

        step.StepWrapped();
        if (step.Number % (long)K == 0)
        {
            step.Update(new BackRule<V>(V.Broadcast(1 - Alpha)), "slow_params");
        }
    }

    readonly struct StartRule<V> : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V slow) => slow = p;
    }

    readonly struct BackRule<V>(V back) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V slow)
        {
            p += back * (slow - p);
            slow = p;
        }
    }
}
