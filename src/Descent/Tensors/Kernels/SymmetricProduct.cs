namespace Descent.Tensors.Kernels;

/// <summary>Products of a matrix with its own transpose: half the arithmetic of an ordinary product.</summary>
public static class SymmetricProduct
{
    /// <summary>The lower triangle of c [n, n] = a·aᵀ for a [n, k], or of aᵀ·a for a [k, n] with <see cref="Transposition.Left"/>. What stands above
    /// the diagonal is undefined until <see cref="Mirror"/> has run. c does not overlap a.</summary>
    /// <param name="transposition"><see cref="Transposition.Right"/> or <see cref="Transposition.Left"/>.</param>
    public static void RecordLower<T>(IRecorder recorder, Transposition transposition, Tensor<T> a, Tensor<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)transposition, (int)Transposition.None, nameof(transposition));
        var action = new Recording<T>(recorder, transposition, a, c);
        VectorWidth.Run<T, Recording<T>>(ref action);
    }

    /// <summary>c[i, j] = c[j, i] above the diagonal of c [n, n]; a chunk is a band of 32 columns, from the diagonal up.</summary>
    public static unsafe Work Mirror<T>(Tensor<T> c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Block = 32;
        int size = c.Shape[0];
        return new((size + Block - 1) / Block, band =>
        {
            int first = band * Block, end = Math.Min(size, first + Block);
            T* data = c.Data;
            for (int start = 0; start < end; start += Block)
            {
                for (int row = start; row < Math.Min(start + Block, end); row++)
                {
                    for (int column = Math.Max(first, row + 1); column < end; column++)
                    {
                        data[((long)row * size) + column] = data[((long)column * size) + row];
                    }
                }
            }
        });
    }

    readonly struct Recording<T>(IRecorder recorder, Transposition transposition, Tensor<T> a, Tensor<T> c) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            using var scratch = recorder.Arena.OpenScratch();
            var product = new MatrixProduct<V, T>(scratch, transposition, a, a, c, null, hasRelu: false, ProductPart.Lower);
            recorder.Run(product.Pack);
            recorder.Run(product.Multiply);
        }
    }
}
