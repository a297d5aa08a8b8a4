namespace Descent.Tensors.Kernels;

/// <summary>A 3×3 convolution of stride 1 in Winograd's domain: transform a batch of tiles, 36 products by the filters, transform back. Forward and
/// gradient by the input alike.</summary>
sealed unsafe class WinogradProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Products = WinogradTransform<V, T>.Products;

    readonly ImageSource<T> source;
    readonly ImageTarget<T> target;
    readonly Tensor<T>? bias;
    readonly WinogradFilters<V, T, WinogradTransform<V, T>> filters;
    readonly WinogradTiles<V, T> sourceTiles, targetTiles;
    readonly ChunkBuffers<T> buffers;
    readonly int padding, tiles, tilesPerImage, tilesPerChunk, tilesPerBatch;
    readonly long domainLength, sourceRoom;
    readonly Epilogue epilogue;

    /// <param name="padding">How far a tile's inputs reach above and left of its outputs.</param>
    public WinogradProduct(Scratch scratch, int threads, ImageSource<T> source, ImageTarget<T> target,
        WinogradFilters<V, T, WinogradTransform<V, T>> filters, Tensor<T>? bias, int padding, bool hasRelu)
    {
        (this.source, this.target, this.filters, this.bias, this.padding) = (source, target, filters, bias, padding);
        epilogue = (bias is null ? Epilogue.None : Epilogue.Bias) | (hasRelu ? Epilogue.Relu : Epilogue.None);
        int rows = (target.Shape[1] + 3) / 4, columns = (target.Shape[2] + 3) / 4;
        tilesPerImage = rows * columns;
        tiles = target.Images * tilesPerImage;
        tilesPerBatch = WinogradBatch.Tiles<T>(filters.Depth + filters.Columns, PlaneKernel<V, T>.Rows);
        long roomPerImage = source.RoomPerImage + target.RoomPerImage;
        int imagesPerChunk = WinogradBatch.Images(tilesPerImage, tilesPerBatch);
        tilesPerChunk = roomPerImage > 0 ? imagesPerChunk * tilesPerImage : tilesPerBatch;
        int columnsPadded = filters.PanelCount * PlaneKernel<V, T>.Columns;
        sourceTiles = new(scratch.Arena, source.Shape[1], source.Shape[2], filters.Depth, rows, columns, new(tilesPerBatch, filters.Depth, filters.Depth));
        targetTiles = new(scratch.Arena, target.Shape[1], target.Shape[2], filters.Columns, rows, columns, new(tilesPerBatch, filters.Columns, columnsPadded));
        domainLength = (long)Products * (sourceTiles.Domain.Plane + targetTiles.Domain.Plane);
        sourceRoom = imagesPerChunk * source.RoomPerImage;
        buffers = new(scratch, threads, domainLength + (imagesPerChunk * roomPerImage) + WinogradTiles<V, T>.WorkLength + filters.Columns);
        Multiply = new Work((tiles + tilesPerChunk - 1) / tilesPerChunk, MultiplyChunk);
    }

    public Work Multiply { get; }

    void MultiplyChunk(int chunk)
    {
        int first = chunk * tilesPerChunk, end = Math.Min(tiles, first + tilesPerChunk), slot = buffers.Take();
        int firstImage = first / tilesPerImage, images = ((end - 1) / tilesPerImage) + 1 - firstImage, shift = firstImage * tilesPerImage;
        T* domain = buffers.Memory(slot), room = domain + domainLength, targetRoom = room + sourceRoom;
        T* from = source.Read(firstImage, images, room), to = target.Place(firstImage, targetRoom);
        T* work = domain + buffers.Length - WinogradTiles<V, T>.WorkLength - filters.Columns;
        for (int begin = first; begin < end; begin += tilesPerBatch)
        {
            MultiplyBatch(from, to, begin - shift, Math.Min(tilesPerBatch, end - begin), domain, work);
        }

        target.Finish(firstImage, images, targetRoom);
        buffers.Return(slot);
    }

    /// <param name="first">The number of the first tile, counted from the first image at <paramref name="from"/> and at <paramref name="to"/>.</param>
    void MultiplyBatch(T* from, T* to, int first, int count, T* domain, T* work)
    {
        T* products = domain + ((long)Products * sourceTiles.Domain.Plane);
        sourceTiles.GatherInput(from, first, count, padding, domain, work);
        for (int product = 0; product < Products; product++)
        {
            MultiplyPlane(product, count, domain + ((long)product * sourceTiles.Domain.Plane), products + ((long)product * targetTiles.Domain.Plane));
        }

        targetTiles.ScatterOutput(products, to, first, count, bias is null ? null : bias.Data, epilogue, work, work + WinogradTiles<V, T>.WorkLength);
    }

    /// <summary>[tiles, columns] = [tiles, depth]·[depth, columns] for one of the 36 products. Tiles that are missing at the end are computed from what the memory
    /// holds, and never read.</summary>
    void MultiplyPlane(int product, int count, T* from, T* to)
    {
        int rows = (count + PlaneKernel<V, T>.Rows - 1) / PlaneKernel<V, T>.Rows * PlaneKernel<V, T>.Rows;
        T* panels = filters.Panels + (product * filters.PlaneLength);
        for (int panel = 0; panel < filters.PanelCount; panel++)
        {
            PlaneKernel<V, T>.Multiply(from, filters.Depth, panels + ((long)panel * filters.PanelLength), filters.Depth, to + (panel * PlaneKernel<V, T>.Columns),
                targetTiles.Domain.PanelWidth, rows);
        }
    }
}
