using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Schedule-free AdamW: Adam's second moment, with averaging in the place of momentum and of a schedule.</summary>
/// <remarks><para>y = (1−β₁)·z + β₁·x, where the gradient g is taken;  v ← β₂·v + (1−β₂)·g²;  u = g/(√v̂ + ε) + λ·y, v̂ = v/(1−β₂ᵗ);
/// z ← z − η·u;  x ← (1−c)·x + c·z, with c = w/Σw, w = tʳ·(largest η so far)ᵖ. θ is y, which is trained; evaluated is
/// x = y + (1 − 1/β₁)·(z − y).</para>
/// <para>Defazio, Yang, Mehta, Mishchenko, Khaled and Cutkosky, "The road less scheduled", NeurIPS 2024, algorithm 1, and their code.</para>
/// <para>Differs from the paper and between versions: x is computed from y and z, as in the authors' code, which needs β₁ above 0. The paper's listing and
/// the code's first version put √(1−β₂ᵗ) into η, and so into the weights of the average too. λ·y is added after the division and moves z too;
/// pytorch_optimizer decays y alone. A schedule multiplies η besides and is best left out. Running statistics of batch norm are those of y.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, how near to the average gradients are taken.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of y removed per unit of η.</param>
/// <param name="WarmupSteps">Steps over which η rises from η/warmup_steps.</param>
/// <param name="AveragingPower">r, by which later iterates weigh more: tʳ.</param>
/// <param name="AveragingRatePower">p, by which the weights in the average follow η during warmup.</param>
[Optimizer("schedule-free-adamw", Source = "arXiv:2405.15682")]
public sealed record ScheduleFreeAdamW(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 2.5e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999, [Positive] double Epsilon = 1e-8,
    [NonNegative, Searched(1e-4, 1e-1)] double WeightDecay = 0, [Whole(0)] double WarmupSteps = 0, [NonNegative] double AveragingPower = 0,
    [NonNegative] double AveragingRatePower = 2) : IOptimizer
{
    public IReadOnlyList<string> States => ["z", "exp_avg_sq"];

    public IReadOnlyList<string> Scalars => ScheduleFreeAverage.Scalars;

    public bool EvaluatesElsewhere => true;

    public void Validate() => ScheduleFreeAverage.RequireMomentum("schedule-free-adamw", "beta1", Beta1);

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor * ScheduleFreeAverage.Warmup(step.Number, WarmupSteps);
        double share = ScheduleFreeAverage.Share(step, rate, AveragingPower, AveragingRatePower);
        if (step.Number == 1)
        {
            step.Update(default(ScheduleFreeStart<V>), "z");
        }

        step.Update(new Rule<V>(V.Broadcast(Beta2), V.Broadcast(1 - Beta2), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, step.Number))),
            V.Broadcast(Epsilon), V.Broadcast(rate), V.Broadcast(share), V.Broadcast(rate * ((Beta1 * (1 - share)) - 1)), V.Broadcast(WeightDecay)),
            "z", "exp_avg_sq");
    }

    public void MoveToEvaluation<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new ScheduleFreeTake<V>(V.Broadcast(1 - (1 / Beta1))), "z");

    readonly struct Rule<V>(V b2, V c2, V correction, V eps, V rate, V share, V direct, V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V y, V g, ref V z, ref V v)
        {
            v = (b2 * v) + (c2 * g * g);
            V update = (g / ((correction * V.Sqrt(v)) + eps)) + (decay * y);
            y += (share * (z - y)) + (direct * update);
            z -= rate * update;
        }
    }
}
