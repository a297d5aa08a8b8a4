namespace Descent.Tensors.Kernels;

/// <summary>The adjoint of average pooling: each output's share goes to all pixels of its window.</summary>
sealed unsafe class AverageSpreading<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> dy, z;

    public AverageSpreading(PoolingGeometry geometry, Tensor<T> dy, Tensor<T> z)
    {
        (this.geometry, this.dy, this.z) = (geometry, dy, z);
        Work = PoolingRows.Map(z.Shape, RunRow);
    }

    public Work Work { get; }

    void RunRow(int image, int row)
    {
        var g = geometry;
        long rowLength = (long)g.OutputWidth * g.Channels;
        var (firstRow, endRow) = g.Windows(row, g.OutputHeight);
        T* from = dy.Data + ((((long)image * g.OutputHeight) + firstRow) * rowLength);
        T* to = z.Data + ((((long)image * g.Height) + row) * g.Width * g.Channels);
        for (int column = 0; column < g.Width; column++, to += g.Channels)
        {
            var (firstColumn, endColumn) = g.Windows(column, g.OutputWidth);
            T* first = from + ((long)firstColumn * g.Channels);
            WindowSums<V, T>.Run(first, endRow - firstRow, endColumn - firstColumn, rowLength, g.Channels, (double)g.Size * g.Size, to);
        }
    }
}
