using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>L-BFGS: a quasi-Newton step whose curvature is remembered from past steps; with a line search on request.</summary>
/// <remarks><para>d = −H·g, H by the two loops over the pairs y = g − g₋₁, s = t·d₋₁, from H₀ = (s·y/y·y)·I;  θ ← θ + t·d. t is η, at the
/// very first iteration min(1, 1/Σ|g|)·η, and with strong_wolfe what the line search finds from there: Armijo's condition with 1e-4, |g(t)·d| ≤
/// 0.9·|g·d|.</para>
/// <para>Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45, 1989, algorithm 2.1.
/// Line search: Nocedal and Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6, as in minFunc. This is PyTorch's form.</para>
/// <para>One step is up to max_iterations iterations on one batch, each with a gradient of its own, all of them counted: max_evaluations bounds
/// them, though a line search may go beyond. The batch, its augmentation and its dropped activations stay the same within a step. Use it on
/// batches as large as the data, or the pairs that reach over two batches mislead it.</para>
/// <para>Clipping clips every gradient by itself, each of a line search too, as in PyTorch where the closure clips. The loss stays as it is,
/// so slopes no longer go with it: clipping misleads the search.</para>
/// <para>Differs from the sources: a pair with s·y ≤ 1e-10 is left out. A step ends early where a gradient's largest element, the change of
/// the loss or the largest element of t·d falls below its tolerance. As in PyTorch the first pair of a step compares gradients of two
/// batches, and a line search has a tolerance of its own: it ends where its bracket is shorter than 1e-9.</para></remarks>
/// <param name="LearningRate">η, the step's length in units of d; 1 where the curvature is known.</param>
/// <param name="MaxIterations">Iterations of a step, at most.</param>
/// <param name="MaxEvaluations">Gradients of a step, after which it takes no further iteration; 0 stands for 1.25·max_iterations.</param>
/// <param name="ToleranceGradient">Largest element of a gradient at which a step ends.</param>
/// <param name="ToleranceChange">Change of the loss, or largest element of t·d, at which a step ends.</param>
/// <param name="HistorySize">Pairs that are remembered; each takes two numbers a parameter.</param>
/// <param name="LineSearch">none, or strong-wolfe.</param>
[Optimizer("lbfgs", Source = "Liu and Nocedal 1989", Kind = RuleKind.Reevaluating)]
public sealed record Lbfgs(
    [Positive] double LearningRate = 1, [Whole(1)] double MaxIterations = 20, [Whole(0)] double MaxEvaluations = 0,
    [NonNegative] double ToleranceGradient = 1e-7, [NonNegative] double ToleranceChange = 1e-9, [Whole(1)] double HistorySize = 100,
    [Choice("none", "strong-wolfe")] string LineSearch = "none") : IOptimizer
{
    public IReadOnlyList<string> States => ["d", "prev_flat_grad", "old_dirs", "old_stps"];

    public IReadOnlyList<string> Scalars => ["n_iter", "t", "h_diag", "pairs", "newest"];

    public bool MovesParametersApart => false;

    public IEnumerable<StateInfo> StatesOf(ParameterInfo parameter)
    {
        var history = new Shape((int)HistorySize, parameter.Shape.Count);
        return [new("d", parameter.Shape), new("prev_flat_grad", parameter.Shape), new("old_dirs", history), new("old_stps", history)];
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Plan(this, static (rule, x) => new LbfgsStep<V, T>(rule, x)).Run();
}
