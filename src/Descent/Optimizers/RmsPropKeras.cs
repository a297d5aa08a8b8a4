using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>RMSprop as Keras and TensorFlow compute it: ε inside the root, the learning rate inside the momentum.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  s ← ρ·s + (1−ρ)·g², with s = s₀ before the first step;  a = s, centered: ḡ ← ρ·ḡ + (1−ρ)·g, a = s − ḡ²;
/// u = η·g / √(a + ε);  θ ← θ − u, with momentum: b ← μ·b + u, θ ← θ − b.</para>
/// <para>Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012; Graves, "Generating sequences with recurrent
/// neural networks", 2013, equations 38 to 41. This is the form of Keras 3; s₀ = 1 makes it that of TensorFlow 1 and timm's
/// RMSpropTF.</para>
/// <para>Differs from rmsprop, PyTorch's form, in three places: √(a + ε) where that has √a + ε, so that ε = 1e-7 is felt by gradients below
/// 3e-4; η inside b, so that a change of η acts slowly; ρ = 0.9. λ is decoupled, as Keras has it. Differs from Keras: s − ḡ², which
/// rounding can push below −ε, is here never less than zero.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Rho">ρ, kept fraction of the mean squared gradient.</param>
/// <param name="Momentum">μ, kept fraction of the sum of past updates. Above zero it needs one more state.</param>
/// <param name="Epsilon">ε, squared gradient units, added inside the root.</param>
/// <param name="Centered">Whether the mean gradient's square is subtracted, so that the root is a deviation; one more state.</param>
/// <param name="InitialAccumulator">s₀, squared gradient units.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("rmsprop-keras", Source = "Tieleman and Hinton 2012; arXiv:1308.0850", FormOf = "rmsprop",
    Difference = "ε inside the root, 1e-7; η inside the momentum buffer; ρ 0.9; decay is decoupled")]
public sealed record RmsPropKeras(
    [Positive] double LearningRate = 1e-3, [Fraction] double Rho = 0.9, [Fraction] double Momentum = 0, [Positive] double Epsilon = 1e-7,
    bool Centered = false, [NonNegative] double InitialAccumulator = 0, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => (Centered, Momentum > 0) switch
    {
        (false, false) => ["velocity"],
        (false, true) => ["velocity", "momentum"],
        (true, false) => ["velocity", "average_gradient"],
        (true, true) => ["velocity", "average_gradient", "momentum"],
    };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scheduled = LearningRate * step.ScheduleFactor;
        V rate = V.Broadcast(scheduled), keep = V.Broadcast(1 - (scheduled * WeightDecay)), kept = V.Broadcast(Momentum);

        // Buffers start at zero: what s starts from enters with the first gradient.
        V r = V.Broadcast(Rho), c = V.Broadcast(1 - Rho), start = V.Broadcast(step.Number == 1 ? Rho * InitialAccumulator : 0);
        var mean = new SquareMean<V>(r, c, start, V.Broadcast(Epsilon));
        switch (Centered, Momentum > 0)
        {
            case (false, false):
                step.Update(new PlainRule<V>(rate, keep, mean), "velocity");
                break;
            case (false, true):
                step.Update(new MomentumRule<V>(rate, keep, mean, kept), "velocity", "momentum");
                break;
            case (true, false):
                step.Update(new CenteredRule<V>(rate, keep, mean), "velocity", "average_gradient");
                break;
            default:
                step.Update(new CenteredMomentumRule<V>(rate, keep, mean, kept), "velocity", "average_gradient", "momentum");
                break;
        }
    }

    /// <summary>What the four formulas share: the gradient divided by a root of mean squares, or of a variance.</summary>
    readonly struct SquareMean<V>(V r, V c, V start, V eps) where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Scaled(V g, ref V s)
        {
            s = (r * s) + start + (c * g * g);
            return g / V.Sqrt(s + eps);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Scaled(V g, ref V s, ref V mean)
        {
            s = (r * s) + start + (c * g * g);
            mean = (r * mean) + (c * g);
            return g / V.Sqrt(V.Max(s - (mean * mean), V.Broadcast(0)) + eps);
        }
    }

    readonly struct PlainRule<V>(V rate, V keep, SquareMean<V> squares) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s) => p = (keep * p) - (rate * squares.Scaled(g, ref s));
    }

    readonly struct MomentumRule<V>(V rate, V keep, SquareMean<V> squares, V kept) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V b)
        {
            b = (kept * b) + (rate * squares.Scaled(g, ref s));
            p = (keep * p) - b;
        }
    }

    readonly struct CenteredRule<V>(V rate, V keep, SquareMean<V> squares) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V mean) => p = (keep * p) - (rate * squares.Scaled(g, ref s, ref mean));
    }

    readonly struct CenteredMomentumRule<V>(V rate, V keep, SquareMean<V> squares, V kept) : ICoordinateRule3<V>
        where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V mean, ref V b)
        {
            b = (kept * b) + (rate * squares.Scaled(g, ref s, ref mean));
            p = (keep * p) - b;
        }
    }
}
