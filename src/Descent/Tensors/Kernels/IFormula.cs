using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>A formula of two numbers, over vectors.</summary>
interface IFormula<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract V Apply<V>(V x, V y) where V : struct, IVector<V, T>;
}

/// <summary>Runs formulas over spans.</summary>
static unsafe class Formula
{
    /// <summary>y[i] = formula(x[i], y[i]). The last few elements go through a padded copy, so an element's bits do not depend on its place.</summary>
    public static void Map<T, TFormula>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TFormula : struct, IFormula<T>
    {
        fixed (T* px = x, py = y)
        {
            var pass = new Pass<T, TFormula>(px, py, y.Length);
            VectorWidth.Run<T, Pass<T, TFormula>>(ref pass);
        }
    }

    /// <summary>Polynomial in x by Horner's rule; the coefficient of the highest power comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Polynomial<V>(V x, ReadOnlySpan<double> coefficients) where V : struct, IVector<V>
    {
        V sum = V.Broadcast(coefficients[0]);
        for (int i = 1; i < coefficients.Length; i++)
        {
            sum = (sum * x) + V.Broadcast(coefficients[i]);
        }

        return sum;
    }

    readonly struct Pass<T, TFormula>(T* x, T* y, int count) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TFormula : struct, IFormula<T>
    {
        readonly T* x = x, y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                V.Store(TFormula.Apply(V.Load(x + i), V.Load(y + i)), y + i);
            }

            if (i < count)
            {
                T* padded = stackalloc T[2 * V.Count];
                new Span<T>(padded, 2 * V.Count).Clear();
                new ReadOnlySpan<T>(x + i, count - i).CopyTo(new Span<T>(padded, V.Count));
                new ReadOnlySpan<T>(y + i, count - i).CopyTo(new Span<T>(padded + V.Count, V.Count));
                V.Store(TFormula.Apply(V.Load(padded), V.Load(padded + V.Count)), padded);
                new ReadOnlySpan<T>(padded, count - i).CopyTo(new Span<T>(y + i, count - i));
            }
        }
    }
}
