using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>GELU, x·Φ(x) with the distribution function Φ of the normal distribution, and its slope.</summary>
/// <remarks>Φ comes from erf for |x| below √2 and from e to the power −x²/2 times a rational function beyond (S. Moshier's Cephes library, ndtr), so
/// the left tail keeps its relative accuracy, which ½·(1 + erf) loses.</remarks>
public static class GaussianUnit
{
    static readonly double OneOverRootTwoPi = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>y = x·Φ(x). The two must not overlap.</summary>
    public static void Gelu<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Exponential(x, y);
        Formula.Map<T, Value<T>>(x, y);
    }

    /// <summary>y = Φ(x) + x·φ(x), the derivative of GELU. The two must not overlap.</summary>
    public static void Slope<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Exponential(x, y);
        Formula.Map<T, Derivative<T>>(x, y);
    }

    /// <summary>y = φ(x) = e to the power −x²/2, over √(2π): the density of the normal distribution.</summary>
    public static void Density<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Exponential(x, y);
        TensorPrimitives.Multiply(y, T.CreateTruncating(OneOverRootTwoPi), y);
    }

    /// <summary>y = e to the power −x²/2.</summary>
    static void Exponential<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Multiply(x, x, y);
        TensorPrimitives.Multiply(y, T.CreateTruncating(-0.5), y);
        TensorPrimitives.Exp(y, y);
    }

    readonly struct Value<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y) where V : struct, IVector<V, T> => x * Distribution<V, T>(x, y);
    }

    readonly struct Derivative<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y) where V : struct, IVector<V, T> =>
            Distribution<V, T>(x, y) + (x * (V.Broadcast(OneOverRootTwoPi) * y));
    }

    static ReadOnlySpan<double> ErfNumerator =>
        [9.60497373987051638749E0, 9.00260197203842689217E1, 2.23200534594684319226E3, 7.00332514112805075473E3, 5.55923013010394962768E4];

    static ReadOnlySpan<double> ErfDenominator =>
        [1, 3.35617141647503099647E1, 5.21357949780152679795E2, 4.59432382970980127987E3, 2.26290000613890934246E4, 4.92673942608635921086E4];

    static ReadOnlySpan<double> TailNumerator =>
    [
        2.46196981473530512524E-10, 5.64189564831068821977E-1, 7.46321056442269912687E0, 4.86371970985681366614E1,
        1.96520832956077098242E2, 5.26445194995477358631E2, 9.34528527171957607540E2, 1.02755188689515710272E3, 5.57535335369399327526E2,
    ];

    static ReadOnlySpan<double> TailDenominator =>
    [
        1, 1.32281951154744992508E1, 8.67072140885989742329E1, 3.54937778887819891062E2, 9.75708501743205489753E2,
        1.82390916687909736289E3, 2.24633760818710981792E3, 1.65666309194161350182E3, 5.57535340817727675546E2,
    ];

    /// <summary>Φ(x) from x and e to the power −x²/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Distribution<V, T>(V x, V exponential) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = V.Broadcast(0.5), s = x * V.Broadcast(Math.Sqrt(0.5)), square = s * s;
        V near = half + (half * s * Formula.Polynomial(square, ErfNumerator) / Formula.Polynomial(square, ErfDenominator));

        // Beyond 30 the exponential is zero; the bound keeps the powers finite in float.
        V z = V.Min(V.Abs(s), V.Broadcast(30.0));
        V tail = half * exponential * Formula.Polynomial(z, TailNumerator) / Formula.Polynomial(z, TailDenominator);
        V far = V.WhereLess(x, V.Broadcast(0.0), tail, V.Broadcast(1.0) - tail);
        return V.WhereLess(z, V.Broadcast(1.0), near, far);
    }
}
