namespace Descent.Tensors.Kernels;

/// <summary>The mean of each window.</summary>
sealed unsafe class AveragePoolingForward<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> x, y;

    public AveragePoolingForward(PoolingGeometry geometry, Tensor<T> x, Tensor<T> y)
    {
        (this.geometry, this.x, this.y) = (geometry, x, y);
        Work = PoolingRows.Map(y.Shape, RunRow);
    }

    public Work Work { get; }

    void RunRow(int image, int row)
    {
        var g = geometry;
        long rowLength = (long)g.Width * g.Channels;
        var (top, firstRow, endRow) = g.Window(row, g.Height);
        T* from = x.Data + ((((long)image * g.Height) + top + firstRow) * rowLength);
        T* below = x.Data + ((((long)image * g.Height) + top + g.Size) * rowLength);
        T* to = y.Data + ((((long)image * g.OutputHeight) + row) * g.OutputWidth * g.Channels);
        for (int column = 0; column < g.OutputWidth; column++, to += g.Channels)
        {
            var (left, firstColumn, endColumn) = g.Window(column, g.Width);
            PoolingRows.PrefetchBelow(below + ((long)left * g.Channels), rowLength, g.Stride, g.Channels);
            T* first = from + ((long)(left + firstColumn) * g.Channels);
            WindowSums<V, T>.Run(first, endRow - firstRow, endColumn - firstColumn, rowLength, g.Channels, (double)g.Size * g.Size, to);
        }
    }
}
