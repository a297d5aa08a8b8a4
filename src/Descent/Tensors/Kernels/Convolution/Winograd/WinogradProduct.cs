namespace Descent.Tensors.Kernels;

/// <summary>A 3×3 convolution of stride 1 in Winograd's domain: transform a batch of tiles, 36 products by the filters, transform back. Forward and
/// gradient by the input alike.</summary>
sealed unsafe class WinogradProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> source, target;
    readonly Tensor<T>? bias;
    readonly WinogradFilters<V, T> filters;
    readonly WinogradTiles<V, T> sourceTiles, targetTiles;
    readonly ChunkBuffers<T> buffers;
    readonly int padding, tiles, tilesPerChunk;
    readonly long length;
    readonly Epilogue epilogue;

    /// <param name="padding">How far a tile's inputs reach above and left of its outputs.</param>
    public WinogradProduct(Scratch scratch, int threads, Tensor<T> source, Tensor<T> target, WinogradFilters<V, T> filters, Tensor<T>? bias, int padding,
        bool hasRelu)
    {
        (this.source, this.target, this.filters, this.bias, this.padding) = (source, target, filters, bias, padding);
        epilogue = (bias is null ? Epilogue.None : Epilogue.Bias) | (hasRelu ? Epilogue.Relu : Epilogue.None);
        int rows = (target.Shape[1] + 3) / 4, columns = (target.Shape[2] + 3) / 4;
        tiles = target.Shape[0] * rows * columns;
        tilesPerChunk = WinogradBatch.Tiles<T>(filters.Depth + filters.Columns);
        sourceTiles = new(scratch.Arena, source.Shape[1], source.Shape[2], filters.Depth, rows, columns, new(tilesPerChunk, filters.Depth, filters.Depth));
        targetTiles = new(scratch.Arena, target.Shape[1], target.Shape[2], filters.Columns, rows, columns, new(tilesPerChunk, filters.Columns, filters.Columns));
        length = (long)WinogradTransform<V, T>.Products * (sourceTiles.Domain.Plane + targetTiles.Domain.Plane);
        buffers = new(scratch, threads, length + WinogradTiles<V, T>.WorkLength + filters.Columns);
        Multiply = new Work((tiles + tilesPerChunk - 1) / tilesPerChunk, MultiplyChunk);
    }

    public Work Multiply { get; }

    void MultiplyChunk(int chunk)
    {
        int first = chunk * tilesPerChunk, count = Math.Min(tilesPerChunk, tiles - first), slot = buffers.Take();
        T* from = buffers.Memory(slot), to = from + ((long)WinogradTransform<V, T>.Products * sourceTiles.Domain.Plane);
        T* work = from + length, sink = work + WinogradTiles<V, T>.WorkLength;
        sourceTiles.GatherInput(source.Data, first, count, padding, from, work);
        for (int product = 0; product < WinogradTransform<V, T>.Products; product++)
        {
            MultiplyPlane(product, count, from + ((long)product * sourceTiles.Domain.Plane), to + ((long)product * targetTiles.Domain.Plane));
        }

        targetTiles.ScatterOutput(to, target.Data, first, count, bias is null ? null : bias.Data, epilogue, work, sink);
        buffers.Return(slot);
    }

    /// <summary>[tiles, columns] = [tiles, depth]·[depth, columns] for one of the 36 products.</summary>
    void MultiplyPlane(int product, int count, T* from, T* to)
    {
        int panelOffset = 0;
        int* offsets = stackalloc int[RowKernel<V, T>.Rows];
        T** rows = stackalloc T*[RowKernel<V, T>.Rows];
        var reads = new RowSource<T>
        {
            A = from,
            RowOffsets = offsets,
            AStep = 1,
            PanelOffsets = &panelOffset,
            BStep = RowKernel<V,
            T>.Columns,
            Segments = 1,
            Depth = filters.Depth,
        };
        for (int panel = 0; panel < filters.PanelCount; panel++)
        {
            int column = panel * RowKernel<V, T>.Columns, width = Math.Min(RowKernel<V, T>.Columns, filters.Columns - column);
            reads.B = filters.Panels + ((((long)product * filters.PanelCount) + panel) * filters.PanelLength);
            for (int tile = 0; tile < count; tile += RowKernel<V, T>.Rows)
            {
                int height = Math.Min(RowKernel<V, T>.Rows, count - tile);
                for (int i = 0; i < RowKernel<V, T>.Rows; i++)
                {
                    int row = tile + Math.Min(i, height - 1);
                    offsets[i] = row * filters.Depth;
                    rows[i] = to + ((long)row * filters.Columns) + column;
                }

                RowKernel<V, T>.Multiply(reads, rows, height, width, null, Epilogue.None);
            }
        }
    }
}
