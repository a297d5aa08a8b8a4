using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>ASAM: SAM whose step up is longer for larger parameters, so that rescaling a layer does not change what is near by.</summary>
/// <remarks><para>ε = ρ·θ²·g/(‖θ·g‖ + 1e-12), coordinate by coordinate;  g ← ∇f(θ + ε);  the wrapped rule moves θ with this g.</para>
/// <para>Kwon, Kim, Park and Choi, "ASAM: adaptive sharpness-aware minimization for scale-invariant learning of deep neural networks", ICML
/// 2021, algorithm 1.</para>
/// <para>Differs from the source: η, which the authors' code adds to |θ| for weights (0.01), is zero, as in the paper's formula; biases are scaled
/// like weights. Otherwise as sam, and with larger ρ: the paper tries 0.5 to 2.</para></remarks>
/// <param name="Rho">ρ, relative length of ε.</param>
[Optimizer("asam", Source = "arXiv:2102.11600", Kind = RuleKind.Reevaluating, FormOf = "sam",
    Difference = "the step up is scaled by the parameters' squares")]
public sealed record Asam([NonNegative] double Rho = 0.5) : IWrappingOptimizer
{
    public IOptimizer Wrapped { get; init; } = new Sgd();

    public IReadOnlyList<string> OwnStates => [];

    public IWrappingOptimizer Around(IOptimizer wrapped) => this with { Wrapped = wrapped };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ascent = step.Plan(this, static (_, x) => new Ascent<T>(x.Parameters, x.Executor));
        double norm = step.GradientScale * Math.Sqrt(ascent.Space.SumOfSquaredProducts(ascent.Space.Values, ascent.Space.Gradients));
        ascent.Leave();
        step.Update(new UpRule<V>(V.Broadcast(Rho / (norm + Ascent<T>.Epsilon))));
        _ = step.EvaluateGradient();
        ascent.Return();
        step.StepWrapped();
    }

    readonly struct UpRule<V>(V length) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p += length * p * p * g;
    }
}
