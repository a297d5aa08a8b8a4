using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Schedule-free SGD: gradients between the average of the iterates and the iterates, so that no schedule has to end.</summary>
/// <remarks><para>y = (1−β)·z + β·x, where the gradient g is taken;  g ← g + λ·y;  z ← z − η·g;  x ← (1−c)·x + c·z, with c = w/Σw,
/// w = tʳ·(largest η so far)ᵖ. θ is y, which is trained; evaluated is x = y + (1 − 1/β)·(z − y).</para>
/// <para>Defazio, Yang, Mehta, Mishchenko, Khaled and Cutkosky, "The road less scheduled", NeurIPS 2024, equations 3 to 5, and their code.</para>
/// <para>Differs from the paper: x is not stored but computed from y and z, as in the authors' code, which needs β above 0. λ·y enters the gradient,
/// so it moves z too; pytorch_optimizer decays y alone. η rises over warmup_steps; a schedule multiplies it besides and is best left out. Running
/// statistics of batch norm are those of y: the authors estimate them anew at x.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit; about ten times that of sgd with momentum.</param>
/// <param name="Momentum">β, how near to the average gradients are taken.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·y.</param>
/// <param name="WarmupSteps">Steps over which η rises from η/warmup_steps.</param>
/// <param name="AveragingPower">r, by which later iterates weigh more: tʳ.</param>
/// <param name="AveragingRatePower">p, by which the weights in the average follow η during warmup.</param>
[Optimizer("schedule-free-sgd", Source = "arXiv:2405.15682")]
public sealed record ScheduleFreeSgd(
    [Positive] double LearningRate = 1, [Fraction] double Momentum = 0.9, [NonNegative] double WeightDecay = 0, [Whole(0)] double WarmupSteps = 0,
    [NonNegative] double AveragingPower = 0, [NonNegative] double AveragingRatePower = 2) : IOptimizer
{
    public IReadOnlyList<string> States => ["z"];

    public IReadOnlyList<string> Scalars => ScheduleFreeAverage.Scalars;

    public bool EvaluatesElsewhere => true;

    public void Validate() => ScheduleFreeAverage.RequireMomentum("schedule-free-sgd", "momentum", Momentum);

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor * ScheduleFreeAverage.Warmup(step.Number, WarmupSteps);
        double share = ScheduleFreeAverage.Share(step, rate, AveragingPower, AveragingRatePower);
        if (step.Number == 1)
        {
            step.Update(default(ScheduleFreeStart<V>), "z");
        }

        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(share), V.Broadcast(rate * ((Momentum * (1 - share)) - 1)), V.Broadcast(WeightDecay)),
            "z");
    }

    public void MoveToEvaluation<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new ScheduleFreeTake<V>(V.Broadcast(1 - (1 / Momentum))), "z");

    readonly struct Rule<V>(V rate, V share, V direct, V decay) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V y, V g, ref V z)
        {
            g += decay * y;
            y += (share * (z - y)) + (direct * g);
            z -= rate * g;
        }
    }
}
