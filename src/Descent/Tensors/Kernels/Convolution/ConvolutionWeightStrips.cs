namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its filters for images of few channels: rows of a tile are taps and channels, columns are filters.</summary>
/// <remarks>Reads the padded copy of the images, where no tap is missing. The sums come out transposed, [KH·KW·C, F], and are turned when they are added.</remarks>
sealed unsafe class ConvolutionWeightStrips<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16;

    readonly ConvolutionGeometry geometry;
    readonly PaddedImages<T> strips;
    readonly ImageSource<T> dy;
    readonly Tensor<T> dw;
    readonly ChunkBuffers<T> buffers;
    readonly BiasSums<V, T>? biasSums;
    readonly int images, imagesPerChunk, chunks, length, tiles;
    readonly T* partial;
    readonly int* offsets;
    readonly int* outputs;

    public ConvolutionWeightStrips(Scratch scratch, int threads, ConvolutionGeometry geometry, PaddedImages<T> strips, ImageSource<T> dy, Tensor<T> dw, Tensor<T>? db)
    {
        (this.geometry, this.strips, this.dy, this.dw) = (geometry, strips, dy, dw);
        images = dy.Images;
        imagesPerChunk = (images + MostChunks - 1) / MostChunks;
        chunks = (images + imagesPerChunk - 1) / imagesPerChunk;
        length = geometry.Taps * geometry.Channels;
        tiles = (length + RowKernel<V, T>.Rows - 1) / RowKernel<V, T>.Rows;
        partial = scratch.Take<T>((long)chunks * dw.Count);
        offsets = scratch.Arena.AllocateRaw<int>(tiles * geometry.OutputHeight * RowKernel<V, T>.Rows);
        outputs = scratch.Arena.AllocateRaw<int>(geometry.OutputHeight);
        SetOffsets();
        buffers = new(scratch, threads, dy.RoomPerImage);
        biasSums = db is null ? null : new(scratch, db, chunks);
        Multiply = new Work(chunks, MultiplyChunk);
        Sum = new Work(geometry.Filters, SumFilter);
    }

    public Work Multiply { get; }

    public Work Sum { get; }

    public Work? SumBias => biasSums?.Finish;

    void SetOffsets()
    {
        for (int tile = 0, next = 0; tile < tiles; tile++)
        {
            for (int row = 0; row < geometry.OutputHeight; row++)
            {
                for (int i = 0; i < RowKernel<V, T>.Rows; i++, next++)
                {
                    var (kernelRow, rest) = Math.DivRem(Math.Min((tile * RowKernel<V, T>.Rows) + i, length - 1), geometry.KernelWidth * geometry.Channels);
                    offsets[next] = (((row * geometry.Stride) + kernelRow) * strips.RowLength) + rest;
                }

                outputs[row] = row * geometry.OutputWidth * geometry.Filters;
            }
        }
    }

    void MultiplyChunk(int chunk)
    {
        int first = chunk * imagesPerChunk, end = Math.Min(images, first + imagesPerChunk);
        int slot = buffers.Take();
        T* result = partial + ((long)chunk * dw.Count);
        biasSums?.Clear(chunk);
        for (int image = first; image < end; image++)
        {
            T* gradients = dy.Read(image, 1, buffers.Memory(slot));
            biasSums?.Add(chunk, gradients, geometry.OutputPixels);
            for (int filter = 0; filter < geometry.Filters; filter += RowKernel<V, T>.Columns)
            {
                MultiplyImage(image, gradients, filter, result, image == first ? Epilogue.None : Epilogue.Accumulate);
            }
        }

        buffers.Return(slot);
    }

    void MultiplyImage(int image, T* gradients, int filter, T* result, Epilogue epilogue)
    {
        int width = Math.Min(RowKernel<V, T>.Columns, geometry.Filters - filter), paddedRows = strips.Padded.Shape[1];
        T** rows = stackalloc T*[RowKernel<V, T>.Rows];
        var reads = new RowSource<T>
        {
            A = strips.Padded.Data + ((long)image * paddedRows * strips.RowLength),
            AStep = geometry.Stride * geometry.Channels,
            B = gradients + filter,
            PanelOffsets = outputs,
            BStep = geometry.Filters,
            Segments = geometry.OutputHeight,
            Depth = geometry.OutputWidth,
        };
        for (int tile = 0; tile < tiles; tile++)
        {
            int first = tile * RowKernel<V, T>.Rows, height = Math.Min(RowKernel<V, T>.Rows, length - first);
            reads.RowOffsets = offsets + (tile * geometry.OutputHeight * RowKernel<V, T>.Rows);
            for (int i = 0; i < height; i++)
            {
                rows[i] = result + ((long)(first + i) * geometry.Filters) + filter;
            }

            RowKernel<V, T>.Multiply(reads, rows, height, width, null, epilogue);
        }
    }

    void SumFilter(int filter)
    {
        for (int i = 0; i < length; i++)
        {
            T sum = partial[((long)i * geometry.Filters) + filter];
            for (int chunk = 1; chunk < chunks; chunk++)
            {
                sum += partial[((long)chunk * dw.Count) + ((long)i * geometry.Filters) + filter];
            }

            dw.Data[((long)filter * length) + i] = sum;
        }
    }
}
