using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Σ g and Σ g·(x − center) of each channel over some rows, to <paramref name="sums"/> [2, C], with g from dy by the form.</summary>
readonly unsafe struct NormalizationSumsPass<T, TForm>(
    T* x, T* y, T* dy, T* masked, int rows, int channels, T* center, T* scale, T* shift, double* sums) : IVectorAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where TForm : struct, INormalizationForm<T>
{
    readonly T* x = x, y = y, dy = dy, masked = masked, center = center, scale = scale, shift = shift;
    readonly double* sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector<V, T>
    {
        int c = 0;
        T* lanes = stackalloc T[8 * V.Count];
        for (; c <= channels - (4 * V.Count); c += 4 * V.Count)
        {
            FourVectors<V>(c, lanes);
            Store(c, 4 * V.Count, lanes);
        }

        for (; c <= channels - V.Count; c += V.Count)
        {
            OneVector<V>(c, lanes);
            Store(c, V.Count, lanes);
        }

        for (; c < channels; c++)
        {
            OneVector<SingleLane<T>>(c, lanes);
            Store(c, 1, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void FourVectors<V>(int channel, T* lanes) where V : struct, IVector<V, T>
    {
        int n = V.Count;
        V center0 = V.Load(center + channel), center1 = V.Load(center + channel + n);
        V center2 = V.Load(center + channel + (2 * n)), center3 = V.Load(center + channel + (3 * n));
        V sum0 = V.Broadcast(0.0), sum1 = sum0, sum2 = sum0, sum3 = sum0, product0 = sum0, product1 = sum0, product2 = sum0, product3 = sum0;
        long at = channel;
        for (int row = 0; row < rows; row++, at += channels)
        {
            V x0 = V.Load(x + at) - center0, x1 = V.Load(x + at + n) - center1, x2 = V.Load(x + at + (2 * n)) - center2, x3 = V.Load(x + at + (3 * n)) - center3;
            V g0 = Gradient(x0, at, channel), g1 = Gradient(x1, at + n, channel + n);
            V g2 = Gradient(x2, at + (2 * n), channel + (2 * n)), g3 = Gradient(x3, at + (3 * n), channel + (3 * n));
            sum0 += g0;
            sum1 += g1;
            sum2 += g2;
            sum3 += g3;
            product0 = V.FusedMultiplyAdd(g0, x0, product0);
            product1 = V.FusedMultiplyAdd(g1, x1, product1);
            product2 = V.FusedMultiplyAdd(g2, x2, product2);
            product3 = V.FusedMultiplyAdd(g3, x3, product3);
        }

        V.Store(sum0, lanes);
        V.Store(sum1, lanes + n);
        V.Store(sum2, lanes + (2 * n));
        V.Store(sum3, lanes + (3 * n));
        V.Store(product0, lanes + (4 * n));
        V.Store(product1, lanes + (5 * n));
        V.Store(product2, lanes + (6 * n));
        V.Store(product3, lanes + (7 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void OneVector<V>(int channel, T* lanes) where V : struct, IVector<V, T>
    {
        V middle = V.Load(center + channel), sum = V.Broadcast(0.0), product = sum;
        long at = channel;
        for (int row = 0; row < rows; row++, at += channels)
        {
            V centered = V.Load(x + at) - middle, g = Gradient(centered, at, channel);
            sum += g;
            product = V.FusedMultiplyAdd(g, centered, product);
        }

        V.Store(sum, lanes);
        V.Store(product, lanes + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Gradient<V>(V centered, long at, int channel) where V : struct, IVector<V, T>
    {
        V g = TForm.Gradient(Normalization<T, TForm>.Value(centered, scale + channel, shift + channel), y + at, V.Load(dy + at));
        if (TForm.HasAddend)
        {
            V.Store(g, masked + at);
        }

        return g;
    }

    void Store(int first, int count, T* lanes)
    {
        for (int i = 0; i < count; i++)
        {
            sums[first + i] = double.CreateTruncating(lanes[i]);
            sums[channels + first + i] = double.CreateTruncating(lanes[count + i]);
        }
    }
}
