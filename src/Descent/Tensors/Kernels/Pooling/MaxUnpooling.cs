using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>From each output back to the tap that it chose.</summary>
/// <remarks>Windows of two by two that lie side by side write each pixel once. Others are gathered pixel by pixel of the input, so that chunks write disjoint memory
/// and sums have one order.</remarks>
sealed unsafe class MaxUnpooling<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> dy;
    readonly TapChoice taps;

    // For each column of the input: the first output column whose window holds it, the number of those, its place within the first.
    readonly (int First, int Count, int Place)[] columns;

    public MaxUnpooling(PoolingGeometry geometry, Tensor<T> dy, TapChoice taps)
    {
        (this.geometry, this.dy, this.taps) = (geometry, dy, taps);
        columns = [.. Enumerable.Range(0, geometry.Width).Select(column => Outputs(column, geometry.OutputWidth))];
    }

    bool IsInPairs => geometry is { Size: 2, Stride: 2, Padding: 0 };

    long ImageLength => (long)geometry.Height * geometry.Width * geometry.Channels;

    /// <summary>All images of <paramref name="z"/> [N, H, W, C].</summary>
    public Work Map(Tensor<T> z) => PoolingRows.Map(IsInPairs ? dy.Shape : z.Shape, (image, row) => RunRow(image, row, z.Data + (image * ImageLength)));

    /// <summary>One image, to <paramref name="z"/>.</summary>
    public void Run(int image, T* z)
    {
        int rows = IsInPairs ? geometry.OutputHeight : geometry.Height;
        for (int row = 0; row < rows; row++)
        {
            RunRow(image, row, z);
        }
    }

    (int First, int Count, int Place) Outputs(int input, int outputs)
    {
        var (first, end) = geometry.Windows(input, outputs);
        return (first, end - first, input + geometry.Padding - (first * geometry.Stride));
    }

    /// <param name="row">A row of the outputs where windows are pairs, else of the pixels.</param>
    void RunRow(int image, int row, T* z)
    {
        if (IsInPairs)
        {
            RunRowOfPairs(image, row, z);
            return;
        }

        var g = geometry;
        int channels = g.Channels;
        var (firstRow, rows, place) = Outputs(row, g.OutputHeight);
        long rowLength = (long)g.OutputWidth * channels, start = (((long)image * g.OutputHeight) + firstRow) * rowLength;
        T* to = z + ((long)row * g.Width * channels);
        for (int column = 0; column < columns.Length; column++, to += channels)
        {
            var outputs = columns[column];
            long from = start + ((long)outputs.First * channels);
            Gather(dy.Data + from, taps.Data + from, rowLength, channels, rows, outputs.Count, (place * g.Size) + outputs.Place + 1, to);
        }
    }

    /// <summary>One pixel, from <paramref name="rows"/> by <paramref name="columns"/> outputs; in the first of their windows its tap is stored as <paramref name="code"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Gather(T* from, byte* tap, long rowLength, int channels, int rows, int columns, int code, T* to)
    {
        int c = 0, stride = geometry.Stride, rowStep = stride * geometry.Size;
        for (; c <= channels - (2 * V.Count); c += 2 * V.Count)
        {
            V sum0 = V.Broadcast(0.0), sum1 = sum0;
            for (int row = 0; row < rows; row++)
            {
                long at = c + (row * rowLength);
                int number = code - (row * rowStep);
                for (int column = 0; column < columns; column++, at += channels, number -= stride)
                {
                    V here = V.BroadcastByte((byte)number);
                    sum0 += V.WhereSameByte(V.LoadBytes(tap + at), here, V.Load(from + at));
                    sum1 += V.WhereSameByte(V.LoadBytes(tap + at + V.Count), here, V.Load(from + at + V.Count));
                }
            }

            V.Store(sum0, to + c);
            V.Store(sum1, to + c + V.Count);
        }

        for (; c <= channels - V.Count; c += V.Count)
        {
            Sum<V>(from + c, tap + c, rowLength, channels, rows, columns, code, to + c);
        }

        for (; c < channels; c++)
        {
            Sum<SingleLane<T>>(from + c, tap + c, rowLength, channels, rows, columns, code, to + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sum<U>(T* from, byte* tap, long rowLength, int channels, int rows, int columns, int code, T* to) where U : struct, IVector<U, T>
    {
        U sum = U.Broadcast(0.0);
        for (int row = 0; row < rows; row++)
        {
            long at = row * rowLength;
            int number = code - (row * geometry.Stride * geometry.Size);
            for (int column = 0; column < columns; column++, at += channels, number -= geometry.Stride)
            {
                sum += U.WhereSameByte(U.LoadBytes(tap + at), U.BroadcastByte((byte)number), U.Load(from + at));
            }
        }

        U.Store(sum, to);
    }

    void RunRowOfPairs(int image, int row, T* z)
    {
        var g = geometry;
        long rowLength = (long)g.Width * g.Channels, from = (((long)image * g.OutputHeight) + row) * g.OutputWidth * g.Channels;
        T* top = z + (2 * row * rowLength);
        Pairs(dy.Data + from, taps.Data + from, g.OutputWidth, g.Channels, top, top + rowLength);
        int rest = (g.Width - (2 * g.OutputWidth)) * g.Channels;
        new Span<T>(top + rowLength - rest, rest).Clear();
        new Span<T>(top + (2 * rowLength) - rest, rest).Clear();
        if (row == g.OutputHeight - 1 && g.Height > 2 * g.OutputHeight)
        {
            new Span<T>(top + (2 * rowLength), (int)rowLength).Clear();
        }
    }

    /// <summary>A row of windows of two by two, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Pairs(T* from, byte* tap, int columns, int channels, T* top, T* bottom)
    {
        long next = 2 * (bottom - top);
        for (int column = 0; column < columns; column++)
        {
            int c = 0;
            Prefetch.Run(top + next, 2 * channels);
            Prefetch.Run(bottom + next, 2 * channels);
            for (; c <= channels - V.Count; c += V.Count)
            {
                Pair<V>(from + c, tap + c, channels, top + c, bottom + c);
            }

            for (; c < channels; c++)
            {
                Pair<SingleLane<T>>(from + c, tap + c, channels, top + c, bottom + c);
            }

            top += 2 * channels;
            bottom += 2 * channels;
            from += channels;
            tap += channels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pair<U>(T* from, byte* tap, int channels, T* top, T* bottom) where U : struct, IVector<U, T>
    {
        U chosen = U.LoadBytes(tap), value = U.Load(from);
        U.Store(U.WhereSameByte(chosen, U.BroadcastByte(1), value), top);
        U.Store(U.WhereSameByte(chosen, U.BroadcastByte(2), value), top + channels);
        U.Store(U.WhereSameByte(chosen, U.BroadcastByte(3), value), bottom);
        U.Store(U.WhereSameByte(chosen, U.BroadcastByte(4), value), bottom + channels);
    }
}
