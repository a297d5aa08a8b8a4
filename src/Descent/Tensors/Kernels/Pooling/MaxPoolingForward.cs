using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>The largest of each window, with its tap.</summary>
sealed unsafe class MaxPoolingForward<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> x, y;
    readonly TapChoice taps;
    readonly bool isRectified;

    public MaxPoolingForward(PoolingGeometry geometry, Tensor<T> x, Tensor<T> y, TapChoice taps, bool isRectified)
    {
        (this.geometry, this.x, this.y, this.taps, this.isRectified) = (geometry, x, y, taps, isRectified);
        Work = PoolingRows.Map(y.Shape, RunRow);
    }

    public Work Work { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunRow(int image, int row)
    {
        var g = geometry;
        int channels = g.Channels, width = g.OutputWidth;
        var (top, firstRow, endRow) = g.Window(row, g.Height);
        for (int column = 0; column < width; column++)
        {
            var (left, firstColumn, endColumn) = g.Window(column, g.Width);
            long corner = (((((long)image * g.Height) + top) * g.Width) + left) * channels;
            long to = (((((long)image * g.OutputHeight) + row) * width) + column) * channels;
            int c = 0;
            for (; c <= channels - V.Count; c += V.Count)
            {
                Window<V>(x.Data + corner + c, firstRow, endRow, firstColumn, endColumn, y.Data + to + c, taps.Data + to + c);
            }

            for (; c < channels; c++)
            {
                Window<SingleLane<T>>(x.Data + corner + c, firstRow, endRow, firstColumn, endColumn, y.Data + to + c, taps.Data + to + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Window<U>(T* corner, int firstRow, int endRow, int firstColumn, int endColumn, T* to, byte* tap) where U : struct, IVector<U, T>
    {
        int size = geometry.Size, channels = geometry.Channels;
        long rowLength = (long)geometry.Width * channels;
        U largest = U.Load(corner + (firstRow * rowLength) + ((long)firstColumn * channels));
        U chosen = U.BroadcastByte((byte)((firstRow * size) + firstColumn + 1));
        for (int row = firstRow; row < endRow; row++)
        {
            for (int column = firstColumn; column < endColumn; column++)
            {
                U value = U.Load(corner + (row * rowLength) + ((long)column * channels));
                chosen = U.SelectAboveOrNaN(value, largest, U.BroadcastByte((byte)((row * size) + column + 1)), chosen);
                largest = U.SelectAboveOrNaN(value, largest, value, largest);
            }
        }

        U.Store(largest, to);
        U.StoreBytes(isRectified ? U.WherePositive(largest, chosen) : chosen, tap);
    }
}
