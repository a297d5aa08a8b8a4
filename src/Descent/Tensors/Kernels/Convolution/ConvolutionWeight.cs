namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its filters: dw [F, KH, KW, C] from x [N, H, W, C] and dy [N, H′, W′, F].</summary>
/// <remarks>For a tap, dw is a product over pixels: six filters by a tile of channels; <see cref="TapSegments"/> says which pixels. Work is cut into ranges of
/// images, each with sums of its own that are added in order, or, where the filters are large and the images small, into ranges of filters, each of
/// which walks over all images. The choice depends on the sizes alone.</remarks>
sealed unsafe class ConvolutionWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16;
    const int ElementsPerSumChunk = 1 << 14;

    /// <summary>Private sums may take so many times the memory of the images.</summary>
    const int LargestOverhead = 8;

    readonly ConvolutionGeometry geometry;
    readonly Tensor<T> x, dy, dw;
    readonly int images, imagesPerChunk, imageChunks, filterChunks, filterTiles;
    readonly T* partial;
    readonly TapSegments[] taps;

    public ConvolutionWeight(Scratch scratch, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> dy, Tensor<T> dw)
    {
        (this.geometry, this.x, this.dy, this.dw) = (geometry, x, dy, dw);
        images = x.Shape[0];
        bool isCutByFilters = (long)dw.Count * MostChunks > LargestOverhead * ((long)x.Count + dy.Count);
        imagesPerChunk = isCutByFilters ? images : (images + MostChunks - 1) / MostChunks;
        imageChunks = (images + imagesPerChunk - 1) / imagesPerChunk;
        filterTiles = (geometry.Filters + Rows - 1) / Rows;
        filterChunks = isCutByFilters ? Math.Min(MostChunks, filterTiles) : 1;
        partial = isCutByFilters ? null : scratch.Take<T>((long)imageChunks * dw.Count);
        taps = [.. Enumerable.Range(0, geometry.Taps).Select(tap => TapSegments.Build(scratch.Arena, geometry, tap, imagesPerChunk))];
        Multiply = new Work(imageChunks * filterChunks, MultiplyChunk);
        Sum = isCutByFilters ? null : new Work((dw.Count + ElementsPerSumChunk - 1) / ElementsPerSumChunk, SumChunk);
    }

    public Work Multiply { get; }

    /// <summary>Adds the private sums; null where there are none.</summary>
    public Work? Sum { get; }

    static int Rows => RowKernel<V, T>.Rows;

    static int Columns => RowKernel<V, T>.Columns;

    void MultiplyChunk(int chunk)
    {
        var (imageChunk, filterChunk) = Math.DivRem(chunk, filterChunks);
        int first = imageChunk * imagesPerChunk, count = Math.Min(imagesPerChunk, images - first);
        int firstTile = filterTiles * filterChunk / filterChunks, endTile = filterTiles * (filterChunk + 1) / filterChunks;
        T* result = partial == null ? dw.Data : partial + ((long)imageChunk * dw.Count);
        for (int tap = 0; tap < geometry.Taps; tap++)
        {
            for (int channel = 0; channel < geometry.Channels; channel += Columns)
            {
                MultiplyTap(tap, channel, first, count, firstTile, endTile, result);
            }
        }
    }

    void MultiplyTap(int tap, int channel, int firstImage, int count, int firstTile, int endTile, T* result)
    {
        int width = Math.Min(Columns, geometry.Channels - channel), filterLength = geometry.Taps * geometry.Channels;
        T** rows = stackalloc T*[Rows];
        T* gradients = dy.Data + ((long)firstImage * geometry.OutputPixels * geometry.Filters);
        var reads = taps[tap].Source(count, x.Data + ((long)firstImage * geometry.Pixels * geometry.Channels) + channel);
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int filter = tile * Rows, height = Math.Min(Rows, geometry.Filters - filter);
            reads.A = gradients + filter;
            reads.RowOffsets = height == Rows ? taps[tap].WholeTile : taps[tap].LastTile;
            for (int i = 0; i < height; i++)
            {
                rows[i] = result + ((long)(filter + i) * filterLength) + (tap * geometry.Channels) + channel;
            }

            RowKernel<V, T>.Multiply(reads, rows, height, width, null, Epilogue.None);
        }
    }

    void SumChunk(int number)
    {
        int start = number * ElementsPerSumChunk, count = Math.Min(ElementsPerSumChunk, dw.Count - start);
        var sum = dw.Span.Slice(start, count);
        new ReadOnlySpan<T>(partial + start, count).CopyTo(sum);
        for (int chunk = 1; chunk < imageChunks; chunk++)
        {
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(partial + ((long)chunk * dw.Count) + start, count), sum);
        }
    }
}
