using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>The largest of each window, with its tap.</summary>
sealed unsafe class MaxPoolingForward<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> y;
    readonly TapChoice taps;
    readonly bool isRectified;

    public MaxPoolingForward(PoolingGeometry geometry, Tensor<T> y, TapChoice taps, bool isRectified) =>
        (this.geometry, this.y, this.taps, this.isRectified) = (geometry, y, taps, isRectified);

    long ImageLength => (long)geometry.Height * geometry.Width * geometry.Channels;

    /// <summary>All images of <paramref name="x"/> [N, H, W, C].</summary>
    public Work Map(Tensor<T> x) => PoolingRows.Map(y.Shape, (image, row) => RunRow(image, row, x.Data + (image * ImageLength)));

    /// <summary>One image, which lies at <paramref name="x"/>.</summary>
    public void Run(int image, T* x)
    {
        for (int row = 0; row < geometry.OutputHeight; row++)
        {
            RunRow(image, row, x);
        }
    }

    void RunRow(int image, int row, T* x)
    {
        if (geometry is { Size: 2, Stride: 2, Padding: 0 })
        {
            RunRowOfPairs(image, row, x);
            return;
        }

        var g = geometry;
        int channels = g.Channels, width = g.OutputWidth;
        long rowLength = (long)g.Width * channels, to = (((long)image * g.OutputHeight) + row) * width * channels;
        var (top, firstRow, endRow) = g.Window(row, g.Height);
        T* from = x + ((top + firstRow) * rowLength), below = x + ((top + g.Size) * rowLength);
        for (int column = 0; column < width; column++, to += channels)
        {
            var (left, firstColumn, endColumn) = g.Window(column, g.Width);
            PoolingRows.PrefetchBelow(below + ((long)left * channels), rowLength, g.Stride, channels);
            Window(from + ((long)(left + firstColumn) * channels), rowLength, channels, endRow - firstRow, endColumn - firstColumn,
                (firstRow * g.Size) + firstColumn + 1, g.Size, y.Data + to, taps.Data + to);
        }
    }

    void RunRowOfPairs(int image, int row, T* x)
    {
        long rowLength = (long)geometry.Width * geometry.Channels;
        T* from = x + (2 * row * rowLength);
        long to = (((long)image * geometry.OutputHeight) + row) * geometry.OutputWidth * geometry.Channels;
        Pairs(from, from + rowLength, geometry.OutputWidth, geometry.Channels, y.Data + to, taps.Data + to);
    }

    /// <summary>One output: <paramref name="rows"/> by <paramref name="columns"/> pixels from <paramref name="first"/>, whose tap is stored as <paramref name="code"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Window(T* first, long rowLength, int channels, int rows, int columns, int code, int size, T* to, byte* tap)
    {
        int c = 0;
        for (; c <= channels - (2 * V.Count); c += 2 * V.Count)
        {
            // The largest of each row first: the rows' chains of comparisons run side by side.
            V largest0 = V.Broadcast(double.NegativeInfinity), largest1 = largest0, chosen0 = V.BroadcastByte((byte)code), chosen1 = chosen0;
            for (int row = 0; row < rows; row++)
            {
                T* pixel = first + c + (row * rowLength);
                int number = code + (row * size);
                V row0 = V.Load(pixel), row1 = V.Load(pixel + V.Count), tap0 = V.BroadcastByte((byte)number), tap1 = tap0;
                for (int column = 1; column < columns; column++)
                {
                    pixel += channels;
                    V value0 = V.Load(pixel), value1 = V.Load(pixel + V.Count), here = V.BroadcastByte((byte)(number + column));
                    V mask0 = V.IsAboveOrNaN(value0, row0), mask1 = V.IsAboveOrNaN(value1, row1);
                    row0 = V.Select(mask0, value0, row0);
                    row1 = V.Select(mask1, value1, row1);
                    tap0 = V.Select(mask0, here, tap0);
                    tap1 = V.Select(mask1, here, tap1);
                }

                V isRow0 = V.IsAboveOrNaN(row0, largest0), isRow1 = V.IsAboveOrNaN(row1, largest1);
                largest0 = V.Select(isRow0, row0, largest0);
                largest1 = V.Select(isRow1, row1, largest1);
                chosen0 = V.Select(isRow0, tap0, chosen0);
                chosen1 = V.Select(isRow1, tap1, chosen1);
            }

            Store(largest0, chosen0, to + c, tap + c);
            Store(largest1, chosen1, to + c + V.Count, tap + c + V.Count);
        }

        for (; c <= channels - V.Count; c += V.Count)
        {
            Window<V>(first + c, rowLength, channels, rows, columns, code, size, to + c, tap + c);
        }

        for (; c < channels; c++)
        {
            Window<SingleLane<T>>(first + c, rowLength, channels, rows, columns, code, size, to + c, tap + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Window<U>(T* first, long rowLength, int channels, int rows, int columns, int code, int size, T* to, byte* tap) where U : struct, IVector<U, T>
    {
        U largest = U.Load(first), chosen = U.BroadcastByte((byte)code);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                U value = U.Load(first + (row * rowLength) + ((long)column * channels)), here = U.BroadcastByte((byte)(code + (row * size) + column));
                U mask = U.IsAboveOrNaN(value, largest);
                largest = U.Select(mask, value, largest);
                chosen = U.Select(mask, here, chosen);
            }
        }

        Store(largest, chosen, to, tap);
    }

    /// <summary>A row of windows of two by two, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pairs(T* top, T* bottom, int columns, int channels, T* to, byte* tap)
    {
        long next = 2 * (bottom - top);
        for (int column = 0; column < columns; column++)
        {
            int c = 0;
            Prefetch.Run(top + next, 2 * channels);
            Prefetch.Run(bottom + next, 2 * channels);
            for (; c <= channels - V.Count; c += V.Count)
            {
                Pair<V>(top + c, bottom + c, channels, to + c, tap + c);
            }

            for (; c < channels; c++)
            {
                Pair<SingleLane<T>>(top + c, bottom + c, channels, to + c, tap + c);
            }

            top += 2 * channels;
            bottom += 2 * channels;
            to += channels;
            tap += channels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Pair<U>(T* top, T* bottom, int channels, T* to, byte* tap) where U : struct, IVector<U, T>
    {
        U first = U.Load(top), second = U.Load(top + channels), third = U.Load(bottom), fourth = U.Load(bottom + channels);
        U isSecond = U.IsAboveOrNaN(second, first), isFourth = U.IsAboveOrNaN(fourth, third);
        U upper = U.Select(isSecond, second, first), lower = U.Select(isFourth, fourth, third);
        U isLower = U.IsAboveOrNaN(lower, upper);
        U upperTap = U.Select(isSecond, U.BroadcastByte(2), U.BroadcastByte(1)), lowerTap = U.Select(isFourth, U.BroadcastByte(4), U.BroadcastByte(3));
        Store(U.Select(isLower, lower, upper), U.Select(isLower, lowerTap, upperTap), to, tap);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Store<U>(U largest, U chosen, T* to, byte* tap) where U : struct, IVector<U, T>
    {
        U.Store(largest, to);
        U.StoreBytes(isRectified ? U.WherePositive(largest, chosen) : chosen, tap);
    }
}
