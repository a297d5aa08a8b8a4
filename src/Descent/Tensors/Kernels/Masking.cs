using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Passes that let numbers through by the sign of others.</summary>
public static unsafe class Masking
{
    /// <summary>y = b where a &gt; 0, else 0 (also where a is NaN). The three may be the same memory.</summary>
    public static void WherePositive<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pa = a, pb = b, py = y)
        {
            var pass = new WherePositivePass<T>(pa, pb, py, y.Length);
            VectorWidth.Run<T, WherePositivePass<T>>(ref pass);
        }
    }

    /// <summary>y = max(x, 0); a NaN stays NaN. The two may be the same memory.</summary>
    public static void Relu<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        {
            var pass = new ReluPass<T>(px, py, y.Length);
            VectorWidth.Run<T, ReluPass<T>>(ref pass);
        }
    }

    /// <summary>y = max(a + b, 0); a NaN stays NaN. The three may be the same memory.</summary>
    public static void AddRelu<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pa = a, pb = b, py = y)
        {
            var pass = new AddReluPass<T>(pa, pb, py, y.Length);
            VectorWidth.Run<T, AddReluPass<T>>(ref pass);
        }
    }

    readonly struct ReluPass<T>(T* x, T* y, int count) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* x = x, y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                V.Store(V.Relu(V.Load(x + i)), y + i);
            }

            for (; i < count; i++)
            {
                y[i] = x[i] < T.Zero ? T.Zero : x[i];
            }
        }
    }

    readonly struct WherePositivePass<T>(T* a, T* b, T* y, int count) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* a = a, b = b, y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                V.Store(V.WherePositive(V.Load(a + i), V.Load(b + i)), y + i);
            }

            for (; i < count; i++)
            {
                y[i] = a[i] > T.Zero ? b[i] : T.Zero;
            }
        }
    }

    readonly struct AddReluPass<T>(T* a, T* b, T* y, int count) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* a = a, b = b, y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                V.Store(V.Relu(V.Load(a + i) + V.Load(b + i)), y + i);
            }

            for (; i < count; i++)
            {
                T sum = a[i] + b[i];
                y[i] = sum < T.Zero ? T.Zero : sum;
            }
        }
    }
}
