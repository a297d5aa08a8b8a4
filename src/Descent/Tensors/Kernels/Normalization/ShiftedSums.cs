using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Mean and Σ (x − mean)² of each channel over some rows x [rows, C], to <paramref name="moments"/> [2, C].</summary>
/// <remarks>From Σ d and Σ d² of the distances d = x − s. The shift s is the mean of a sample of the rows: what cancels in Σ d² − (Σ d)²/rows is then at most rows/sample of
/// the result, whatever the numbers are, and next to nothing where the sample is a fair one.</remarks>
readonly unsafe struct ShiftedSums<T>(T* x, int rows, int channels, double* moments) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int LargestSample = 16;

    readonly T* x = x;
    readonly double* moments = moments;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector<V, T>
    {
        int c = 0;
        T* lanes = stackalloc T[12 * V.Count];
        for (; c <= channels - (4 * V.Count); c += 4 * V.Count)
        {
            FourVectors<V>(x + c, lanes);
            Store(c, 4 * V.Count, lanes);
        }

        for (; c <= channels - V.Count; c += V.Count)
        {
            OneVector<V>(x + c, lanes);
            Store(c, V.Count, lanes);
        }

        for (; c < channels; c++)
        {
            OneVector<SingleLane<T>>(x + c, lanes);
            Store(c, 1, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Shift<V>(T* x) where V : struct, IVector<V, T>
    {
        int sample = Math.Min(rows, LargestSample);
        long step = (long)(rows / sample) * channels;
        V sum = V.Load(x);
        for (int row = 1; row < sample; row++)
        {
            x += step;
            sum += V.Load(x);
        }

        return sum / V.Broadcast((double)sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void FourVectors<V>(T* x, T* lanes) where V : struct, IVector<V, T>
    {
        int n = V.Count;
        V shift0 = Shift<V>(x), shift1 = Shift<V>(x + n), shift2 = Shift<V>(x + (2 * n)), shift3 = Shift<V>(x + (3 * n));
        V sum0 = V.Broadcast(0.0), sum1 = sum0, sum2 = sum0, sum3 = sum0, squares0 = sum0, squares1 = sum0, squares2 = sum0, squares3 = sum0;
        for (int row = 0; row < rows; row++, x += channels)
        {
            V d0 = V.Load(x) - shift0, d1 = V.Load(x + n) - shift1, d2 = V.Load(x + (2 * n)) - shift2, d3 = V.Load(x + (3 * n)) - shift3;
            sum0 += d0;
            sum1 += d1;
            sum2 += d2;
            sum3 += d3;
            squares0 = V.FusedMultiplyAdd(d0, d0, squares0);
            squares1 = V.FusedMultiplyAdd(d1, d1, squares1);
            squares2 = V.FusedMultiplyAdd(d2, d2, squares2);
            squares3 = V.FusedMultiplyAdd(d3, d3, squares3);
        }

        V.Store(shift0, lanes);
        V.Store(shift1, lanes + n);
        V.Store(shift2, lanes + (2 * n));
        V.Store(shift3, lanes + (3 * n));
        V.Store(sum0, lanes + (4 * n));
        V.Store(sum1, lanes + (5 * n));
        V.Store(sum2, lanes + (6 * n));
        V.Store(sum3, lanes + (7 * n));
        V.Store(squares0, lanes + (8 * n));
        V.Store(squares1, lanes + (9 * n));
        V.Store(squares2, lanes + (10 * n));
        V.Store(squares3, lanes + (11 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void OneVector<V>(T* x, T* lanes) where V : struct, IVector<V, T>
    {
        V shift = Shift<V>(x), sum = V.Broadcast(0.0), squares = sum;
        for (int row = 0; row < rows; row++, x += channels)
        {
            V d = V.Load(x) - shift;
            sum += d;
            squares = V.FusedMultiplyAdd(d, d, squares);
        }

        V.Store(shift, lanes);
        V.Store(sum, lanes + V.Count);
        V.Store(squares, lanes + (2 * V.Count));
    }

    void Store(int first, int count, T* lanes)
    {
        for (int i = 0; i < count; i++)
        {
            double sum = double.CreateTruncating(lanes[count + i]), squares = double.CreateTruncating(lanes[(2 * count) + i]);
            moments[first + i] = double.CreateTruncating(lanes[i]) + (sum / rows);
            // A NaN must stay one: Math.Max keeps it.
            moments[channels + first + i] = Math.Max(0, squares - (sum * sum / rows));
        }
    }
}
