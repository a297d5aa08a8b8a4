using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AdaBelief: Adam that divides by how far gradients stray from their mean, not by how large they are.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  s ← β₂·s + (1−β₂)·(g−m)² + ε;  θ ← θ − η·m̂ / (√ŝ + ε), with m̂ = m/(1−β₁ᵗ),
/// ŝ = s/(1−β₂ᵗ).</para>
/// <para>Zhuang, Tang, Ding, Tatikonda, Dvornek, Papademetris and Duncan, "AdaBelief optimizer: adapting stepsizes by the belief in
/// observed gradients", NeurIPS 2020, algorithm 2. This is its authors' form without rectification.</para>
/// <para>Differs from the paper's listing: ε is 1e-16 where that has 1e-8, and is added a second time, outside the root. Inside, it is
/// added to s at every step and stays there: s gathers up to ε/(1−β₂), a thousand ε. The deviation is taken from the new m. λ is decoupled
/// and multiplied by η.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared deviation.</param>
/// <param name="Epsilon">ε, added to the mean squared deviation at every step, and outside its root.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("adabelief", Source = "arXiv:2010.07468")]
public sealed record AdaBelief(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-16, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_var"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
            V.Broadcast(1 - (rate * WeightDecay))), "exp_avg", "exp_avg_var");
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V correction, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V s)
        {
            m = (b1 * m) + (c1 * g);
            V deviation = g - m;
            s = (b2 * s) + (c2 * deviation * deviation) + eps;
            p = (keep * p) - (rate * m / ((correction * V.Sqrt(s)) + eps));
        }
    }
}
