namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a 3×3 convolution of stride 1 by its filters, in Winograd's domain: dw = Gᵀ[Σ over tiles of (Bᵀ·d·B) ⊙ (A·dy·Aᵀ)]G.</summary>
/// <remarks>Each chunk of tiles has 36 sums of its own for every pair of filter and channel; they are added in the chunks' order.</remarks>
sealed unsafe class WinogradWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 8, Size = 3, Inputs = WinogradTransform<V, T>.Inputs, Products = WinogradTransform<V, T>.Products;

    readonly ConvolutionGeometry geometry;
    readonly ImageSource<T> dy;
    readonly Tensor<T> x, dw;
    readonly BiasSums<V, T>? biasSums;
    readonly WinogradTiles<V, T> inputs, gradients;
    readonly ChunkBuffers<T> buffers;
    readonly int images, tilesPerImage, imagesPerBatch, imagesPerChunk, chunks, tilesPerBatch;
    readonly long length;
    readonly T* partial;
    readonly int* start;

    public WinogradWeight(Scratch scratch, int threads, ConvolutionGeometry geometry, Tensor<T> x, ImageSource<T> dy, Tensor<T> dw,
        Tensor<T>? db)
    {
        (this.geometry, this.x, this.dy, this.dw) = (geometry, x, dy, dw);
        int rows = (geometry.OutputHeight + 3) / 4, columns = (geometry.OutputWidth + 3) / 4;
        (images, tilesPerImage) = (x.Shape[0], rows * columns);
        int wanted = WinogradBatch.TilesForWeight(geometry.Channels, geometry.Filters);
        // A power of two of equal chunks is spread evenly over threads.
        int imagesWanted = Math.Clamp((wanted + (tilesPerImage / 2)) / tilesPerImage, 1, images);
        int share = Share(images, Math.Min(MostChunks, (int)BitOperations.RoundUpToPowerOf2((uint)Share(images, imagesWanted))));
        imagesPerBatch = Share(share, Math.Max(1, (share + (imagesWanted / 2)) / imagesWanted));
        imagesPerChunk = Share(share, imagesPerBatch) * imagesPerBatch;
        chunks = Share(images, imagesPerChunk);
        // An image of many tiles is cut into batches of equal size.
        tilesPerBatch = imagesPerBatch > 1 ? imagesPerBatch * tilesPerImage : Share(tilesPerImage, Share(tilesPerImage, wanted));
        // A tile of the kernel's rows must not reach over a panel's end.
        int panelWidth = V.Count % ReductionKernel<V, T>.Rows == 0 ? V.Count : geometry.Filters;
        inputs = new(scratch.Arena, geometry.Height, geometry.Width, geometry.Channels, rows, columns,
            new(tilesPerBatch, geometry.Channels, ReductionKernel<V, T>.Columns));
        gradients = new(scratch.Arena, geometry.OutputHeight, geometry.OutputWidth, geometry.Filters, rows, columns, new(tilesPerBatch, geometry.Filters, panelWidth));
        length = (long)Products * (inputs.Domain.Plane + gradients.Domain.Plane);
        buffers = new(scratch, threads, length + (imagesPerBatch * dy.RoomPerImage) + WinogradTiles<V, T>.WorkLength);
        biasSums = db is null ? null : new(scratch, db, chunks);
        partial = scratch.Take<T>((long)chunks * Products * Pairs);
        start = scratch.Arena.AllocateRaw<int>(1);
        *start = 0;
        Multiply = new Work(chunks, MultiplyChunk);
        Sum = new Work(Products, SumPlane);
        Finish = new Work(geometry.Filters, TransformFilter);
    }

    public Work Multiply { get; }

    public Work Sum { get; }

    public Work Finish { get; }

    public Work? SumBias => biasSums?.Finish;

    static int Share(int whole, int parts) => (whole + parts - 1) / parts;

    int Pairs => geometry.Filters * geometry.Channels;

    void MultiplyChunk(int chunk)
    {
        int start = chunk * imagesPerChunk, end = Math.Min(images, start + imagesPerChunk), slot = buffers.Take();
        T* memory = buffers.Memory(slot), room = memory + length, work = room + (imagesPerBatch * dy.RoomPerImage);
        biasSums?.Clear(chunk);
        for (int first = start; first < end; first += imagesPerBatch)
        {
            int count = Math.Min(imagesPerBatch, end - first), tiles = count * tilesPerImage;
            T* gradientImages = dy.Read(first, count, room), inputImages = x.Data + ((long)first * geometry.Pixels * geometry.Channels);
            biasSums?.Add(chunk, gradientImages, (long)count * geometry.OutputPixels);
            for (int tile = 0; tile < tiles; tile += tilesPerBatch)
            {
                int batch = Math.Min(tilesPerBatch, tiles - tile);
                inputs.GatherInput(inputImages, tile, batch, geometry.Padding, memory, work);
                gradients.GatherGradient(gradientImages, tile, batch, memory + ((long)Products * inputs.Domain.Plane), work);
                MultiplyPlanes(batch, memory, partial + ((long)chunk * Products * Pairs), isAdded: first > start || tile > 0);
            }
        }

        buffers.Return(slot);
    }

    void MultiplyPlanes(int count, T* d, T* sums, bool isAdded)
    {
        T* z = d + ((long)Products * inputs.Domain.Plane);
        for (int product = 0; product < Products; product++)
        {
            MultiplyPlane(count, d + ((long)product * inputs.Domain.Plane), z + ((long)product * gradients.Domain.Plane), sums + ((long)product * Pairs), isAdded);
        }
    }

    /// <summary>[filters, channels] (+)= [tiles, filters]ᵀ·[tiles, channels].</summary>
    void MultiplyPlane(int count, T* d, T* z, T* sums, bool isAdded)
    {
        var reads = new ReductionSource<T> { AStep = gradients.Domain.PanelWidth, BStep = inputs.Domain.PanelWidth, Runs = new(1, start, start, &count) };
        for (int channel = 0; channel < geometry.Channels; channel += ReductionKernel<V, T>.Columns)
        {
            int width = Math.Min(ReductionKernel<V, T>.Columns, geometry.Channels - channel);
            reads.B = d + ((long)channel / inputs.Domain.PanelWidth * inputs.Domain.PanelLength);
            for (int filter = 0; filter < geometry.Filters; filter += ReductionKernel<V, T>.Rows)
            {
                var (panel, row) = Math.DivRem(filter, gradients.Domain.PanelWidth);
                reads.A = z + ((long)panel * gradients.Domain.PanelLength) + row;
                ReductionKernel<V, T>.Multiply(reads, sums + ((long)filter * geometry.Channels) + channel, geometry.Channels,
                    Math.Min(ReductionKernel<V, T>.Rows, geometry.Filters - filter), width, isAdded);
            }
        }
    }

    /// <summary>Adds the chunks' sums of one of the 36 products to those of the first chunk.</summary>
    void SumPlane(int product)
    {
        var sum = new Span<T>(partial + ((long)product * Pairs), Pairs);
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(partial + ((((long)chunk * Products) + product) * Pairs), Pairs), sum);
        }
    }

    /// <summary>Transforms the sums of a filter back.</summary>
    void TransformFilter(int filter)
    {
        T* half = stackalloc T[Size * Inputs * V.Count];
        T* taps = dw.Data + ((long)filter * Size * Size * geometry.Channels);
        for (int channel = 0; channel < geometry.Channels; channel += V.Count)
        {
            T* sums = partial + ((long)filter * geometry.Channels) + channel;
            for (int j = 0; j < Inputs; j++)
            {
                WinogradTransform<V, T>.FilterGradient(sums + ((long)j * Pairs), (nint)Inputs * Pairs, half + (j * V.Count), Inputs * V.Count);
            }

            for (int i = 0; i < Size; i++)
            {
                WinogradTransform<V, T>.FilterGradient(half + (i * Inputs * V.Count), V.Count, taps + ((long)i * Size * geometry.Channels) + channel, geometry.Channels);
            }
        }
    }
}
