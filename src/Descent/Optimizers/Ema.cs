using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Averaging of the wrapped rule's iterates, by an exponential or a uniform mean; evaluated and published is the average.</summary>
/// <remarks><para>The wrapped rule moves θ;  a ← β·a + (1−β)·θ, or uniform a ← a + (θ − a)/n, n = 1, 2, …;  a = θ after the first step that
/// counts.</para>
/// <para>Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992 (uniform); Izmailov, Podoprikhin, Garipov, Vetrov and
/// Wilson, "Averaging weights leads to wider optima and better generalization", UAI 2018. This is the form of PyTorch's AveragedModel.</para>
/// <para>Differs from the sources: an exponential mean that begins with θ instead of zero needs no correction, but remembers its beginning for
/// 1/(1−β) steps. Weights are averaged at every step, not once an epoch. Running statistics of batch norm stay those of θ: they are
/// not estimated anew for a.</para></remarks>
/// <param name="Decay">β, kept fraction of the exponential mean.</param>
/// <param name="Averaging">exponential, or uniform over all steps that count.</param>
/// <param name="Start">Steps before those that count.</param>
[Optimizer("ema", Source = "Polyak and Juditsky 1992; arXiv:1803.05407")]
public sealed record Ema(
    [Fraction] double Decay = 0.999, [Choice("exponential", "uniform")] string Averaging = "exponential", [Whole(0)] double Start = 0)
    : IWrappingOptimizer
{
    public IOptimizer Wrapped { get; init; } = new Sgd();

    public IReadOnlyList<string> OwnStates => ["averaged_params"];

    public bool EvaluatesElsewhere => true;

    public IWrappingOptimizer Around(IOptimizer wrapped) => this with { Wrapped = wrapped };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        step.StepWrapped();
        double number = step.Number - Start;
        if (number > 0)
        {
            double weight = number == 1 ? 1 : Averaging == "uniform" ? 1 / number : 1 - Decay;
            step.Update(new AverageRule<V>(V.Broadcast(1 - weight), V.Broadcast(weight)), "averaged_params");
        }
    }

    public void MoveToEvaluation<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The number is that of the coming step.
        if (step.Number - 1 - Start > 0)
        {
            step.Update(default(TakeRule<V>), "averaged_params");
        }
    }

    readonly struct AverageRule<V>(V kept, V added) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V average) => average = (kept * average) + (added * p);
    }

    readonly struct TakeRule<V> : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V average) => p = average;
    }
}
