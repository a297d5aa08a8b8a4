namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a 3×3 convolution of stride 1 by its filters, in Winograd's domain: dw = Gᵀ[Σ over tiles of (Bᵀ·d·B) ⊙ (A·dy·Aᵀ)]G.</summary>
/// <remarks>Each chunk of tiles has 36 sums of its own for every pair of filter and channel; they are added in the chunks' order.</remarks>
sealed unsafe class WinogradWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16, Size = 3, Inputs = WinogradTransform<V, T>.Inputs, Products = WinogradTransform<V, T>.Products;

    readonly ConvolutionGeometry geometry;
    readonly Tensor<T> x, dy, dw;
    readonly WinogradTiles<V, T> inputs, gradients;
    readonly ChunkBuffers<T> buffers;
    readonly int tiles, tilesPerChunk, chunks, tilesPerBatch, inputPlane, gradientPlane;
    readonly T* partial;

    public WinogradWeight(Scratch scratch, int threads, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> dy, Tensor<T> dw)
    {
        (this.geometry, this.x, this.dy, this.dw) = (geometry, x, dy, dw);
        int rows = (geometry.OutputHeight + 3) / 4, columns = (geometry.OutputWidth + 3) / 4;
        inputs = new(scratch.Arena, geometry.Height, geometry.Width, geometry.Channels, rows, columns);
        gradients = new(scratch.Arena, geometry.OutputHeight, geometry.OutputWidth, geometry.Filters, rows, columns);
        tiles = x.Shape[0] * rows * columns;
        tilesPerBatch = WinogradBatch.Tiles<T>(geometry.Channels + geometry.Filters);
        tilesPerChunk = Math.Max(tilesPerBatch, (tiles + MostChunks - 1) / MostChunks);
        chunks = (tiles + tilesPerChunk - 1) / tilesPerChunk;
        inputPlane = WinogradTiles<V, T>.Plane(tilesPerBatch, geometry.Channels);
        gradientPlane = WinogradTiles<V, T>.Plane(tilesPerBatch, geometry.Filters);
        buffers = new(scratch, threads, (long)Products * (inputPlane + gradientPlane));
        partial = scratch.Take<T>((long)chunks * Products * Pairs);
        Multiply = new Work(chunks, MultiplyChunk);
        Sum = new Work(geometry.Filters, SumFilter);
    }

    public Work Multiply { get; }

    public Work Sum { get; }

    int Pairs => geometry.Filters * geometry.Channels;

    void MultiplyChunk(int chunk)
    {
        int first = chunk * tilesPerChunk, end = Math.Min(tiles, first + tilesPerChunk), slot = buffers.Take();
        T* d = buffers.Memory(slot), z = d + ((long)Products * inputPlane);
        T* sums = partial + ((long)chunk * Products * Pairs);
        for (int start = first; start < end; start += tilesPerBatch)
        {
            int count = Math.Min(tilesPerBatch, end - start);
            for (int tile = 0; tile < count; tile++)
            {
                inputs.GatherInput(x.Data, start + tile, geometry.Padding, d + ((long)tile * geometry.Channels), inputPlane);
                gradients.GatherGradient(dy.Data, start + tile, z + ((long)tile * geometry.Filters), gradientPlane);
            }

            for (int product = 0; product < Products; product++)
            {
                MultiplyPlane(count, d + ((long)product * inputPlane), z + ((long)product * gradientPlane), sums + ((long)product * Pairs),
                    start == first ? Epilogue.None : Epilogue.Accumulate);
            }
        }

        buffers.Return(slot);
    }

    /// <summary>[filters, channels] (+)= [tiles, filters]ᵀ·[tiles, channels].</summary>
    void MultiplyPlane(int count, T* d, T* z, T* sums, Epilogue epilogue)
    {
        int panelOffset = 0;
        int* offsets = stackalloc int[RowKernel<V, T>.Rows];
        T** rows = stackalloc T*[RowKernel<V, T>.Rows];
        var reads = new RowSource<T>
        {
            A = z,
            RowOffsets = offsets,
            AStep = geometry.Filters,
            PanelOffsets = &panelOffset,
            BStep = geometry.Channels,
            Segments = 1,
            Depth = count,
        };
        for (int channel = 0; channel < geometry.Channels; channel += RowKernel<V, T>.Columns)
        {
            int width = Math.Min(RowKernel<V, T>.Columns, geometry.Channels - channel);
            reads.B = d + channel;
            for (int filter = 0; filter < geometry.Filters; filter += RowKernel<V, T>.Rows)
            {
                int height = Math.Min(RowKernel<V, T>.Rows, geometry.Filters - filter);
                for (int i = 0; i < RowKernel<V, T>.Rows; i++)
                {
                    offsets[i] = filter + Math.Min(i, height - 1);
                    rows[i] = sums + ((long)offsets[i] * geometry.Channels) + channel;
                }

                RowKernel<V, T>.Multiply(reads, rows, height, width, null, epilogue);
            }
        }
    }

    /// <summary>Adds the chunks' sums for a filter and transforms them back.</summary>
    void SumFilter(int filter)
    {
        T* total = stackalloc T[Products * V.Count], half = stackalloc T[Size * Inputs * V.Count];
        T* taps = dw.Data + ((long)filter * Size * Size * geometry.Channels);
        for (int channel = 0; channel < geometry.Channels; channel += V.Count)
        {
            for (int product = 0; product < Products; product++)
            {
                T* first = partial + ((long)product * Pairs) + ((long)filter * geometry.Channels) + channel;
                V sum = V.Load(first);
                for (int chunk = 1; chunk < chunks; chunk++)
                {
                    sum += V.Load(first + ((long)chunk * Products * Pairs));
                }

                V.Store(sum, total + (product * V.Count));
            }

            for (int j = 0; j < Inputs; j++)
            {
                WinogradTransform<V, T>.FilterGradient(total + (j * V.Count), Inputs * V.Count, half + (j * V.Count), Inputs * V.Count);
            }

            for (int i = 0; i < Size; i++)
            {
                WinogradTransform<V, T>.FilterGradient(half + (i * Inputs * V.Count), V.Count, taps + ((long)i * Size * geometry.Channels) + channel, geometry.Channels);
            }
        }
    }
}
