using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>SAM: the wrapped rule gets the gradient at the worst point near by, found by one step up the slope.</summary>
/// <remarks><para>ε = ρ·g/(‖g‖ + 1e-12);  g ← ∇f(θ + ε);  the wrapped rule moves θ with this g.</para>
/// <para>Foret, Kleiner, Mobahi and Neyshabur, "Sharpness-aware minimization for efficiently improving generalization", ICLR 2021,
/// algorithm 1.</para>
/// <para>Two gradients a step, of one batch with the same augmentation and the same dropped activations; the second does not move the running
/// statistics of batch norm, and each is clipped by its own norm. The batch is the whole step's: the paper's m-sharpness takes ε for each part of
/// it.</para>
/// <para>Differs from the source: the norm is over all parameters together, as in the authors' code and in David Samuel's for PyTorch; the weight
/// decay is the wrapped rule's and does not enter ε. Loss and gradient norm of a step are those at θ.</para></remarks>
/// <param name="Rho">ρ, length of ε in parameter units.</param>
[Optimizer("sam", Source = "arXiv:2010.01412", Kind = RuleKind.Reevaluating)]
public sealed record Sam([NonNegative] double Rho = 0.05) : IWrappingOptimizer
{
    public IOptimizer Wrapped { get; init; } = new Sgd();

    public IReadOnlyList<string> OwnStates => [];

    public IWrappingOptimizer Around(IOptimizer wrapped) => this with { Wrapped = wrapped };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ascent = step.Plan(this, static (_, x) => new Ascent<T>(x.Parameters, x.Executor));
        double norm = step.GradientScale * Math.Sqrt(ascent.Space.Dot(ascent.Space.Gradients, ascent.Space.Gradients));
        ascent.Leave();
        ascent.Space.Add(Rho * step.GradientScale / (norm + Ascent<T>.Epsilon), ascent.Space.Gradients, ascent.Space.Values);
        _ = step.EvaluateGradient();
        ascent.Return();
        step.StepWrapped();
    }
}
