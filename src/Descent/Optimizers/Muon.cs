using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Muon: momentum whose matrices are orthogonalized, so that every direction of a weight moves alike; AdamW for the rest.</summary>
/// <remarks><para>m ← μ·m + (1−μ)·g;  u = (1−μ)·g + μ·m with Nesterov, else m;  O = NewtonSchulz(u/(‖u‖ + ε));
/// θ ← (1 − η·λ)·θ − η·s·O, with s = √max(1, r/c) for r rows and c columns.</para>
/// <para>Jordan, "Muon: an optimizer for hidden layers in neural networks", 2024, and his code. s by jordan; moonlight: 0.2·√max(r, c)
/// (Liu et al., arXiv:2502.16982), which gives the update the mean square of AdamW's; scion: √(r/c) (Pethick et al., arXiv:2502.07529).</para>
/// <para>Weights of two and more axes are taken, filters flattened to one row each, and s is read from the flattened shape (Jordan's code read
/// it from the height and width of the filter). The first layer, the head, biases and normalization go to adamw with the hyperparameters
/// adamw_…, as Jordan advises.</para>
/// <para>Differs from the sources: Newton–Schulz runs in the precision of the parameters, not in bfloat16. ε is added to the norm as Jordan
/// does; PyTorch 2.9 and timm take the larger of the two. PyTorch's defaults are η = 1e-3 and λ = 0.1 and it takes matrices alone; optax
/// corrects m for its start at zero, which changes the mix with g.</para></remarks>
/// <param name="LearningRate">η of the matrices: the spectral norm of a step where s = 1.</param>
/// <param name="Momentum">μ, kept fraction of the mean gradient.</param>
/// <param name="Nesterov">Whether the update looks ahead along m.</param>
/// <param name="NewtonSchulzSteps">Of the iteration of Newton and Schulz.</param>
/// <param name="Coefficients">Of that iteration. jordan: (3.4445, −4.7750, 2.0315), fast, never to 1; taylor: (1.875, −1.25, 0.375), slow, to
/// 1; quintic: modded-nanogpt's five triples; polar-express: the eight of arXiv:2505.16932.</param>
/// <param name="Scale">s, how a step grows with the shape.</param>
/// <param name="Epsilon">ε, gradient units, added to the norm.</param>
/// <param name="WeightDecay">λ of the matrices, fraction of θ removed per unit of η.</param>
/// <param name="AdamwLearningRate">η of the parameters that adamw gets; the schedule multiplies it too.</param>
/// <param name="AdamwBeta1">β₁ of adamw.</param>
/// <param name="AdamwBeta2">β₂ of adamw.</param>
/// <param name="AdamwEpsilon">ε of adamw.</param>
/// <param name="AdamwWeightDecay">λ of adamw.</param>
[Optimizer("muon", Source = "Jordan 2024, kellerjordan.github.io/posts/muon", Kind = RuleKind.MatrixWise)]
public sealed record Muon(
    [Positive, Searched(1e-3, 1)] double LearningRate = 0.02, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Momentum = 0.95, bool Nesterov = true, [Whole(1)] double NewtonSchulzSteps = 5,
    [Choice(NewtonSchulzCoefficients.Jordan, NewtonSchulzCoefficients.Taylor, NewtonSchulzCoefficients.Quintic,
        NewtonSchulzCoefficients.PolarExpress)] string Coefficients = NewtonSchulzCoefficients.Jordan,
    [Choice("jordan", "moonlight", "scion")] string Scale = "jordan",
    [Positive] double Epsilon = 1e-7, [NonNegative] double WeightDecay = 0, [Positive] double AdamwLearningRate = 3e-4,
    [Fraction] double AdamwBeta1 = 0.9, [Fraction] double AdamwBeta2 = 0.95, [Positive] double AdamwEpsilon = 1e-10,
    [NonNegative] double AdamwWeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum_buffer"];

    public IOptimizer RuleFor(ParameterInfo parameter)
    {
        bool isHidden = parameter.Traits.HasFlag(ParameterTraits.Weight) && (parameter.Traits & (ParameterTraits.FirstLayer | ParameterTraits.Head)) == 0;
        return isHidden && parameter.Shape.Rank > 1 ? this
            : new AdamW(AdamwLearningRate, AdamwBeta1, AdamwBeta2, AdamwEpsilon, AdamwWeightDecay);
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = step.Plan(this, static (muon, x) => new MatrixPlan<V, T>(muon, x));
        double rate = LearningRate * step.ScheduleFactor;
        foreach (var matrix in plan.Matrices)
        {
            matrix.Gather.Rule = new GatherRule<V>(V.Broadcast(1 - Momentum), V.Broadcast(Nesterov ? Momentum : 1));
            matrix.Gather.GradientScale = step.GradientScale;
            step.Executor.Run(matrix.Gather.Work);
            matrix.Orthogonalize.Run();
            matrix.Move.Rule = new MoveRule<V>(V.Broadcast(1 - (rate * WeightDecay)), V.Broadcast(rate * matrix.Scale));
            step.Executor.Run(matrix.Move.Work);
        }
    }

    // p is where the matrix to be orthogonalized goes. g + (look·(m − g)) is g where m = g, as in lerp.
    readonly struct GatherRule<V>(V added, V look) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m)
        {
            m += added * (g - m);
            p = g + (look * (m - g));
        }
    }

    // g is the orthogonal matrix.
    readonly struct MoveRule<V>(V keep, V rate) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (keep * p) - (rate * g);
    }

    sealed class MatrixPlan<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly NewtonSchulzMemory<T> memory;

        public MatrixPlan(Muon muon, StepContext<V, T> step)
        {
            memory = new NewtonSchulzMemory<T>(step.Parameters.Select(x => (x.Rows, x.Columns)));
            Matrices = [.. step.Parameters.Select(x => new MatrixStep<V, T>(muon, memory, step.Executor, x))];
        }

        public MatrixStep<V, T>[] Matrices { get; }

        public void Dispose() => memory.Dispose();
    }

    sealed class MatrixStep<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public MatrixStep(Muon muon, NewtonSchulzMemory<T> memory, Executor executor, StepParameter<T> parameter)
        {
            var (rows, columns) = (parameter.Rows, parameter.Columns);
            Orthogonalize = new NewtonSchulz<V, T>(memory, executor, rows, columns, muon.Coefficients, (int)muon.NewtonSchulzSteps, muon.Epsilon);
            Gather = new(CoordinateChunks.Of(Orthogonalize.Input, parameter.Gradient, parameter.State("momentum_buffer")));
            Move = new(CoordinateChunks.Of(parameter.Value, Orthogonalize.Output));
            Scale = muon.Scale switch
            {
                "moonlight" => 0.2 * Math.Sqrt(Math.Max(rows, columns)),
                "scion" => Math.Sqrt((double)rows / columns),
                _ => Math.Sqrt(Math.Max(1, (double)rows / columns)),
            };
        }

        public CoordinateUpdate1<V, T, GatherRule<V>> Gather { get; }

        public NewtonSchulz<V, T> Orthogonalize { get; }

        public CoordinateUpdate0<V, T, MoveRule<V>> Move { get; }

        public double Scale { get; }
    }
}
