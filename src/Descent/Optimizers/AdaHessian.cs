using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AdaHessian: Adam with the Hessian's diagonal in the place of the gradient in the second moment.</summary>
/// <remarks><para>D = z ⊙ H·z, z = ±1 at random;  θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·D²;
/// θ ← θ − η·m̂/(√v̂ + ε), with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ⁿ), n the estimates so far.</para>
/// <para>Yao, Gholami, Shen, Mustafa, Keutzer and Mahoney, "AdaHessian: an adaptive second order optimizer for machine learning", AAAI 2021,
/// algorithm 1.</para>
/// <para>Each estimate costs a product with the Hessian, about as much as two more gradients; both are counted. interval above 1 keeps v between
/// estimates.</para>
/// <para>Differs from the source: the decay is decoupled, as in the authors' code. The paper's Hessian power is 1. Of a filter |D| is averaged over its
/// height and width, of other parameters not at all; pytorch_optimizer averages nothing.</para></remarks>
/// <param name="LearningRate">η, in steps of Newton's method.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared diagonal.</param>
/// <param name="Epsilon">ε, in units of the Hessian, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
/// <param name="Interval">Steps from estimate to estimate, from the first step on.</param>
/// <param name="SpatialAveraging">Whether |D| is averaged over the places of a filter.</param>
[Optimizer("adahessian", Source = "arXiv:2006.00719", Kind = RuleKind.Reevaluating)]
public sealed record AdaHessian(
    [Positive] double LearningRate = 0.1, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999, [Positive] double Epsilon = 1e-16,
    [NonNegative] double WeightDecay = 0, [Whole(1)] double Interval = 1, bool SpatialAveraging = true) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_hessian_diag_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long past = step.Number - 1, interval = (long)Interval;
        if (past % interval == 0)
        {
            var plan = step.Plan(this, static (rule, x) => new DiagonalPlan<V, T>(x, rule.SpatialAveraging));
            plan.Take(step);
            plan.Gather.Rule = new GatherRule<V>(V.Broadcast(Beta2), V.Broadcast(1 - Beta2));
            step.Executor.Run(plan.Gather.Work);
        }

        double rate = LearningRate * step.ScheduleFactor, estimates = (past / interval) + 1;
        step.Update(new MoveRule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, estimates))),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, step.Number))), V.Broadcast(1 - (rate * WeightDecay))),
            "exp_avg", "exp_hessian_diag_sq");
    }

    // p is the mean squared diagonal, g the diagonal.
    readonly struct GatherRule<V>(V b2, V c2) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (b2 * p) + (c2 * g * g);
    }

    readonly struct MoveRule<V>(V b1, V c1, V correction, V eps, V rate, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            m = (b1 * m) + (c1 * g);
            p = (keep * p) - (rate * m / ((correction * V.Sqrt(v)) + eps));
        }
    }

    sealed class DiagonalPlan<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int ChunkLength = 1 << 14;

        readonly Arena arena = new();
        readonly (Tensor<T> Source, Tensor<T> Target, int Start, int Count)[] chunks;
        readonly bool isAveraged;
        readonly Work copy;

        public DiagonalPlan(StepContext<V, T> step, bool isAveraged)
        {
            this.isAveraged = isAveraged;
            var space = new ParameterSpace<T>(step.Parameters, step.Executor);
            var diagonal = space.Allocate(arena);
            chunks = [.. step.Parameters.Zip(diagonal.Parts).SelectMany(x =>
                Chunks(step.HessianDiagonal.Slice(x.First.Start, x.Second.Shape), x.Second))];
            copy = new Work(chunks.Length, Copy);
            Gather = new(CoordinateChunks.Of(space.State("exp_hessian_diag_sq"), diagonal));
        }

        public CoordinateUpdate0<V, T, GatherRule<V>> Gather { get; }

        public void Take(StepContext<V, T> step)
        {
            _ = step.EstimateHessianDiagonal();
            step.Executor.Run(copy);
        }

        public void Dispose() => arena.Dispose();

        /// <summary>Of whole filters, where there are any.</summary>
        static IEnumerable<(Tensor<T> Source, Tensor<T> Target, int Start, int Count)> Chunks(Tensor<T> source, Tensor<T> target)
        {
            int whole = target.Shape.Rank == 4 ? target.Count / target.Shape[0] : 1, length = whole * Math.Max(1, ChunkLength / whole);
            return Enumerable.Range(0, (target.Count + length - 1) / length)
                .Select(i => (source, target, i * length, Math.Min(length, target.Count - (i * length))));
        }

        void Copy(int chunk)
        {
            var (source, target, start, count) = chunks[chunk];
            var part = target.Span.Slice(start, count);
            source.Span.Slice(start, count).CopyTo(part);
            if (isAveraged && target.Shape.Rank == 4)
            {
                Average(part, target.Shape[1] * target.Shape[2], target.Shape[3]);
            }
        }

        /// <summary>|D| over the places of each filter [places, channels].</summary>
        static void Average(Span<T> filters, int places, int channels)
        {
            TensorPrimitives.Abs(filters, filters);
            for (; filters.Length > 0; filters = filters[(places * channels)..])
            {
                var sum = filters[..channels];
                for (int place = 1; place < places; place++)
                {
                    TensorPrimitives.Add(sum, filters.Slice(place * channels, channels), sum);
                }

                TensorPrimitives.Divide(sum, T.CreateTruncating(places), sum);
                for (int place = 1; place < places; place++)
                {
                    sum.CopyTo(filters[(place * channels)..]);
                }
            }
        }
    }
}
