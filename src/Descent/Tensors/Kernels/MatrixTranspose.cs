namespace Descent.Tensors.Kernels;

/// <summary>The transpose of a matrix, block by block, so that the lines of memory that a block touches stay in the first-level cache.</summary>
public static class MatrixTranspose
{
    const int Block = 32;

    /// <summary>y [m, n] from x [n, m]; a chunk is a band of 32 columns of x. The two must not overlap.</summary>
    public static unsafe Work Map<T>(Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape[0], columns = x.Shape[1];
        return new((columns + Block - 1) / Block, band =>
        {
            int first = band * Block, end = Math.Min(columns, first + Block);
            T* from = x.Data, to = y.Data;
            for (int start = 0; start < rows; start += Block)
            {
                for (int column = first; column < end; column++)
                {
                    for (int row = start; row < Math.Min(rows, start + Block); row++)
                    {
                        to[((long)column * rows) + row] = from[((long)row * columns) + column];
                    }
                }
            }
        });
    }
}
