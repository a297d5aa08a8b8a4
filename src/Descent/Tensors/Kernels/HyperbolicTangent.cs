using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>tanh with an error of a few units in the last place everywhere, so also where x is tiny. (TensorPrimitives' loses all digits there: it takes
/// e²ˣ − 1, and the signal of a deep net that starts with small weights would be rounded to multiples of 10⁻⁷.)</summary>
/// <remarks>Below 0.625 the rational function of S. Moshier's Cephes library, else 1 − 2/(e²ˣ + 1).</remarks>
public static class HyperbolicTangent
{
    /// <summary>y = tanh x. The two must not overlap.</summary>
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Abs(x, y);
        TensorPrimitives.Add(y, y, y);
        TensorPrimitives.Exp(y, y);
        Formula.Map<T, FromExponential<T>>(x, y);
    }

    /// <summary>tanh x from x and e to the power 2|x|.</summary>
    readonly struct FromExponential<T> : IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        static ReadOnlySpan<double> Numerator => [-9.64399179425052238628E-1, -9.92877231001918586564E1, -1.61468768441708447952E3];

        static ReadOnlySpan<double> Denominator => [1, 1.12811678491632931402E2, 2.23548839060100448583E3, 4.84406305325125486048E3];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y) where V : struct, IVector<V, T>
        {
            V z = x * x, one = V.Broadcast(1.0);
            V near = x + (x * (z * Formula.Polynomial(z, Numerator) / Formula.Polynomial(z, Denominator)));
            V far = V.Sign(x) * (one - (V.Broadcast(2.0) / (y + one)));
            return V.WhereLess(V.Abs(x), V.Broadcast(0.625), near, far);
        }
    }
}
