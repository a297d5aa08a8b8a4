namespace Descent.Tensors.Kernels;

/// <summary>Which of the two factors is read transposed.</summary>
public enum Transposition
{
    /// <summary>c = a·b.</summary>
    None,

    /// <summary>c = aᵀ·b.</summary>
    Left,

    /// <summary>c = a·bᵀ.</summary>
    Right,
}

/// <summary>Which elements of a product are computed.</summary>
enum ProductPart
{
    Whole,

    /// <summary>Those on the diagonal and below, in whole tiles: what stands above the diagonal is undefined.</summary>
    Lower,
}

/// <summary>Products of matrices, with a bias for each column and a ReLU on request.</summary>
public static class MatrixProduct
{
    /// <summary>c [n, m] = op(a) [n, k] · op(b) [k, m] (+ bias [m]) (then max(·, 0)). c overlaps no other tensor.</summary>
    public static void Record<T>(IRecorder recorder, Transposition transposition, Tensor<T> a, Tensor<T> b, Tensor<T> c,
        Tensor<T>? bias = null, bool hasRelu = false) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Record(recorder, VectorWidth.Bits, transposition, a, b, c, bias, hasRelu);

    internal static void Record<T>(IRecorder recorder, int bits, Transposition transposition, Tensor<T> a, Tensor<T> b, Tensor<T> c,
        Tensor<T>? bias, bool hasRelu) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Recording<T>(recorder, transposition, a, b, c, bias, hasRelu);
        VectorWidth.Run<T, Recording<T>>(bits, ref action);
    }

    readonly struct Recording<T>(IRecorder recorder, Transposition transposition, Tensor<T> a, Tensor<T> b, Tensor<T> c,
        Tensor<T>? bias, bool hasRelu) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            using var scratch = recorder.Arena.OpenScratch();
            var product = new MatrixProduct<V, T>(scratch, transposition, a, b, c, bias, hasRelu);
            recorder.Run(product.Pack);
            recorder.Run(product.Multiply);
        }
    }
}

/// <summary>One product on vectors of a known width: b is packed into panels as wide as a tile, then every tile is one call of the row kernel.</summary>
/// <remarks>A panel is [k][columns of a tile], padded with zeros, so the kernel reads b from consecutive memory whatever its layout was. Chunks of the
/// product are a panel by a range of rows; a sum over k is never split between chunks. Deep sums are cut into blocks, whose panel stays in
/// the second-level cache and whose sums are rounded less than one long one; the cut depends on k alone.</remarks>
sealed unsafe class MatrixProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int DeepestBlock = 1024;
    const long MultipliesPerChunk = 1 << 20;

    readonly Transposition transposition;
    readonly Tensor<T> a, b, c;
    readonly Tensor<T>? bias;
    readonly T* panels;
    readonly T* paddedBias;
    readonly int rows, columns, depth, blocks, rowsPerChunk, rowChunks;
    readonly Epilogue lastEpilogue;
    readonly ProductPart part;

    public MatrixProduct(Scratch scratch, Transposition transposition, Tensor<T> a, Tensor<T> b, Tensor<T> c, Tensor<T>? bias, bool hasRelu,
        ProductPart part = ProductPart.Whole)
    {
        (this.transposition, this.a, this.b, this.c, this.bias, this.part) = (transposition, a, b, c, bias, part);
        rows = a.Shape[transposition == Transposition.Left ? 1 : 0];
        depth = a.Shape[transposition == Transposition.Left ? 0 : 1];
        columns = b.Shape[transposition == Transposition.Right ? 0 : 1];
        lastEpilogue = (bias is null ? Epilogue.None : Epilogue.Bias) | (hasRelu ? Epilogue.Relu : Epilogue.None);
        int panelCount = (columns + Tile - 1) / Tile;
        panels = scratch.Take<T>((long)panelCount * depth * Tile);
        paddedBias = scratch.Take<T>((long)panelCount * Tile);
        blocks = (depth + DeepestBlock - 1) / DeepestBlock;
        rowsPerChunk = (int)Math.Clamp(MultipliesPerChunk / ((long)depth * Tile), 1, rows);
        rowsPerChunk = (rowsPerChunk + RowKernel<V, T>.Rows - 1) / RowKernel<V, T>.Rows * RowKernel<V, T>.Rows;
        rowChunks = (rows + rowsPerChunk - 1) / rowsPerChunk;
        Pack = new Work(panelCount, PackPanel);
        Multiply = new Work(panelCount * rowChunks, MultiplyChunk);
    }

    public Work Pack { get; }

    public Work Multiply { get; }

    static int Tile => RowKernel<V, T>.Columns;

    void PackPanel(int panel)
    {
        int first = panel * Tile, width = Math.Min(Tile, columns - first);
        T* target = panels + ((long)panel * depth * Tile);
        if (transposition == Transposition.Right)
        {
            PanelPacking<V, T>.PackTransposed(b.Data + ((long)first * depth), depth, depth, width, target);
        }
        else
        {
            PanelPacking<V, T>.Pack(b.Data + first, columns, depth, width, target);
        }

        if (bias is not null)
        {
            var padded = new Span<T>(paddedBias + first, Tile);
            padded[width..].Clear();
            bias.Span.Slice(first, width).CopyTo(padded);
        }
    }

    void MultiplyChunk(int chunk)
    {
        int panel = chunk / rowChunks, firstRow = chunk % rowChunks * rowsPerChunk;
        int endRow = Math.Min(rows, firstRow + rowsPerChunk);
        if (part == ProductPart.Lower)
        {
            firstRow = Math.Max(firstRow, panel * Tile);
        }

        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)depth * block / blocks), end = (int)((long)depth * (block + 1) / blocks);
            var epilogue = (block > 0 ? Epilogue.Accumulate : Epilogue.None) | (block == blocks - 1 ? lastEpilogue : Epilogue.None);
            for (int row = firstRow; row < endRow; row += RowKernel<V, T>.Rows)
            {
                MultiplyTile(panel, row, Math.Min(RowKernel<V, T>.Rows, endRow - row), start, end - start, epilogue);
            }
        }
    }

    void MultiplyTile(int panel, int row, int height, int start, int length, Epilogue epilogue)
    {
        int aStep = transposition == Transposition.Left ? rows : 1, rowStep = transposition == Transposition.Left ? 1 : depth;
        int* offsets = stackalloc int[RowKernel<V, T>.Rows];
        T** target = stackalloc T*[RowKernel<V, T>.Rows];
        int first = panel * Tile, width = Math.Min(Tile, columns - first), panelOffset = 0;
        for (int i = 0; i < RowKernel<V, T>.Rows; i++)
        {
            int own = row + Math.Min(i, height - 1);
            offsets[i] = (start * aStep) + (own * rowStep);
            target[i] = c.Data + ((long)own * columns) + first;
        }

        var source = new RowSource<T>
        {
            A = a.Data,
            RowOffsets = offsets,
            AStep = aStep,
            B = panels + ((long)panel * depth * Tile) + ((long)start * Tile),
            PanelOffsets = &panelOffset,
            BStep = Tile,
            Segments = 1,
            Depth = length,
        };
        RowKernel<V, T>.Multiply(source, target, height, width, paddedBias + first, epilogue);
    }
}
