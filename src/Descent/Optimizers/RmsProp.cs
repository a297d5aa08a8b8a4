using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>RMSprop: each coordinate's gradient divided by the root of its mean square; also centered and with momentum.</summary>
/// <remarks><para>g ← g + λ·θ;  s ← α·s + (1−α)·g²;  a = √s, centered: ḡ ← α·ḡ + (1−α)·g, a = √(s − ḡ²);  u = g / (a + ε);
/// θ ← θ − η·u, with momentum: b ← μ·b + u, θ ← θ − η·b.</para>
/// <para>Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012; centered and with momentum: Graves, "Generating
/// sequences with recurrent neural networks", 2013, equations 38 to 41. This is PyTorch's form.</para>
/// <para>Differs from the sources and from other libraries: ε is added outside the root (Graves, TensorFlow, Keras and optax add it inside,
/// where 1e-8 is felt by gradients of 1e-4 already: rmsprop-keras); α = 0.99 where the lecture has 0.9; η stands outside b (inside for
/// Graves and TensorFlow). s starts at zero and is not corrected: the first step is 1/√(1−α), with the default ten times, as long as later
/// ones. Differs from PyTorch: s − ḡ², which rounding can push below zero, is here never less than zero; PyTorch's root gives
/// NaN.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Alpha">α, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root.</param>
/// <param name="Centered">Whether the mean gradient's square is subtracted, so that the root is a deviation; one more state.</param>
/// <param name="Momentum">μ, kept fraction of the sum of past updates. Above zero it needs one more state.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("rmsprop", Source = "Tieleman and Hinton 2012; arXiv:1308.0850")]
public sealed record RmsProp(
    [Positive, Searched(1e-5, 1e-2)] double LearningRate = 1e-2, [Fraction, Searched(0.9, 0.999, IsComplement = true)] double Alpha = 0.99, [Positive] double Epsilon = 1e-8, bool Centered = false,
    [Fraction] double Momentum = 0, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => (Centered, Momentum > 0) switch
    {
        (false, false) => ["square_avg"],
        (false, true) => ["square_avg", "momentum_buffer"],
        (true, false) => ["square_avg", "grad_avg"],
        (true, true) => ["square_avg", "grad_avg", "momentum_buffer"],
    };

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rate = V.Broadcast(LearningRate * step.ScheduleFactor), decay = V.Broadcast(WeightDecay), kept = V.Broadcast(Momentum);
        V a = V.Broadcast(Alpha), c = V.Broadcast(1 - Alpha), eps = V.Broadcast(Epsilon);
        switch (Centered, Momentum > 0)
        {
            case (false, false):
                step.Update(new PlainRule<V>(rate, decay, a, c, eps), "square_avg");
                break;
            case (false, true):
                step.Update(new MomentumRule<V>(rate, decay, a, c, eps, kept), "square_avg", "momentum_buffer");
                break;
            case (true, false):
                step.Update(new CenteredRule<V>(rate, decay, a, c, eps), "square_avg", "grad_avg");
                break;
            default:
                step.Update(new CenteredMomentumRule<V>(rate, decay, a, c, eps, kept), "square_avg", "grad_avg", "momentum_buffer");
                break;
        }
    }

    readonly struct PlainRule<V>(V rate, V decay, V a, V c, V eps) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s)
        {
            g += decay * p;
            s = (a * s) + (c * g * g);
            p -= rate * g / (V.Sqrt(s) + eps);
        }
    }

    readonly struct MomentumRule<V>(V rate, V decay, V a, V c, V eps, V kept) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V b)
        {
            g += decay * p;
            s = (a * s) + (c * g * g);
            b = (kept * b) + (g / (V.Sqrt(s) + eps));
            p -= rate * b;
        }
    }

    readonly struct CenteredRule<V>(V rate, V decay, V a, V c, V eps) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V mean)
        {
            g += decay * p;
            s = (a * s) + (c * g * g);
            mean = (a * mean) + (c * g);
            p -= rate * g / (V.Sqrt(V.Max(s - (mean * mean), V.Broadcast(0))) + eps);
        }
    }

    readonly struct CenteredMomentumRule<V>(V rate, V decay, V a, V c, V eps, V kept) : ICoordinateRule3<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s, ref V mean, ref V b)
        {
            g += decay * p;
            s = (a * s) + (c * g * g);
            mean = (a * mean) + (c * g);
            b = (kept * b) + (g / (V.Sqrt(V.Max(s - (mean * mean), V.Broadcast(0))) + eps));
            p -= rate * b;
        }
    }
}
