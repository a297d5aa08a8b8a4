using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>ASGD: SGD with a falling learning rate, and the average of the parameters beside it.</summary>
/// <remarks><para>g ← g + λ₂·θ;  ηₜ = η/(1 + λ·η·(t−1))^α;  θ ← (1 − λ·ηₜ)·θ − ηₜ·g;  a ← a + (θ − a)/max(1, t−1−t₀).</para>
/// <para>Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", SIAM J. Control Optim. 1992; the learning rate's
/// law: Bottou, "Stochastic gradient descent tricks", 2012. This is PyTorch's form; λ is lambda, λ₂ weight_decay.</para>
/// <para>Differs from the source: the average a, state ax, is kept beside θ and never enters it, so training and evaluation use θ. It is θ
/// itself until step t₀ + 2, which the default never reaches. Differs from PyTorch: a schedule multiplies η at once, in both places of ηₜ;
/// PyTorch's acts at the next step.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit, of the first step.</param>
/// <param name="Lambda">λ, decay of θ per unit of ηₜ, and how fast ηₜ falls.</param>
/// <param name="Alpha">α, the power of ηₜ's fall.</param>
/// <param name="T0">t₀, the step after which averaging begins.</param>
/// <param name="WeightDecay">λ₂, added to the gradient as λ₂·θ.</param>
[Optimizer("asgd", Source = "Polyak and Juditsky 1992")]
public sealed record Asgd(
    [Positive] double LearningRate = 1e-2, [NonNegative] double Lambda = 1e-4, [NonNegative] double Alpha = 0.75,
    [NonNegative] double T0 = 1e6, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["ax"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scheduled = LearningRate * step.ScheduleFactor, past = step.Number - 1;
        double rate = scheduled / Math.Pow(1 + (Lambda * scheduled * past), Alpha);
        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(1 - (Lambda * rate)), V.Broadcast(WeightDecay),
            V.Broadcast(1 / Math.Max(1, past - T0))), "ax");
    }

    readonly struct Rule<V>(V rate, V keep, V decay, V share) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V average)
        {
            p = (keep * p) - (rate * (g + (decay * p)));
            average += (p - average) * share;
        }
    }
}
