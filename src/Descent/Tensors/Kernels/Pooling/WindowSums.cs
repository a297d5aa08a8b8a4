using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Sums over rectangles of pixels, for all channels, over a divisor.</summary>
static unsafe class WindowSums<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>to [C] = Σ over <paramref name="rows"/> by <paramref name="columns"/> pixels from <paramref name="first"/>, row by row, over <paramref name="divisor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(T* first, int rows, int columns, long rowLength, int channels, double divisor, T* to)
    {
        int c = 0;
        for (; c <= channels - V.Count; c += V.Count)
        {
            V.Store(Sum<V>(first + c, rows, columns, rowLength, channels) / V.Broadcast(divisor), to + c);
        }

        for (; c < channels; c++)
        {
            var sum = Sum<SingleLane<T>>(first + c, rows, columns, rowLength, channels);
            SingleLane<T>.Store(sum / SingleLane<T>.Broadcast(divisor), to + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static U Sum<U>(T* first, int rows, int columns, long rowLength, int channels) where U : struct, IVector<U, T>
    {
        U sum = U.Broadcast(0.0);
        for (int row = 0; row < rows; row++)
        {
            T* pixel = first + (row * rowLength);
            for (int column = 0; column < columns; column++, pixel += channels)
            {
                sum += U.Load(pixel);
            }
        }

        return sum;
    }
}
