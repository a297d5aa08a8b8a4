namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its filters for images of few channels: rows of a tile are taps and channels, columns are filters.</summary>
/// <remarks>Reads the padded copy of the images, where no tap is missing. The sums come out transposed, [KH·KW·C, F], and are turned when they are added.</remarks>
sealed unsafe class ConvolutionWeightStrips<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16, TapsPerSum = 16;

    /// <summary>A band of the gradient, as wide as a tile, shall leave room for its part of the image in the first-level cache.</summary>
    const int BandBytes = 1 << 14;

    readonly ConvolutionGeometry geometry;
    readonly PaddedImages<T> strips;
    readonly ImageSource<T> dy;
    readonly Tensor<T> dw;
    readonly ChunkBuffers<T> buffers;
    readonly BiasSums<V, T>? biasSums;
    readonly int images, imagesPerChunk, chunks, length, tiles, linesPerBand;
    readonly T* partial;
    readonly int* offsets;

    public ConvolutionWeightStrips(Scratch scratch, int threads, ConvolutionGeometry geometry, PaddedImages<T> strips, ImageSource<T> dy, Tensor<T> dw, Tensor<T>? db)
    {
        (this.geometry, this.strips, this.dy, this.dw) = (geometry, strips, dy, dw);
        images = dy.Images;
        imagesPerChunk = (images + MostChunks - 1) / MostChunks;
        chunks = (images + imagesPerChunk - 1) / imagesPerChunk;
        length = geometry.Taps * geometry.Channels;
        tiles = (length + Rows - 1) / Rows;
        linesPerBand = Math.Clamp(BandBytes / (sizeof(T) * Columns * geometry.OutputWidth), 1, geometry.OutputHeight);
        partial = scratch.Take<T>((long)chunks * dw.Count);
        offsets = scratch.Arena.AllocateRaw<int>(tiles * Rows);
        SetOffsets();
        buffers = new(scratch, threads, dy.RoomPerImage);
        biasSums = db is null ? null : new(scratch, db, chunks);
        Multiply = new Work(chunks, MultiplyChunk);
        Sum = new Work((length + TapsPerSum - 1) / TapsPerSum, SumTaps);
    }

    public Work Multiply { get; }

    public Work Sum { get; }

    public Work? SumBias => biasSums?.Finish;

    static int Rows => StripKernel<V, T>.Rows;

    static int Columns => StripKernel<V, T>.Columns;

    /// <summary>Where the first output reads each tap and channel; those that fill the last tile repeat the last.</summary>
    void SetOffsets()
    {
        for (int i = 0; i < tiles * Rows; i++)
        {
            var (kernelRow, rest) = Math.DivRem(Math.Min(i, length - 1), geometry.KernelWidth * geometry.Channels);
            offsets[i] = (kernelRow * strips.RowLength) + rest;
        }
    }

    void MultiplyChunk(int chunk)
    {
        int first = chunk * imagesPerChunk, end = Math.Min(images, first + imagesPerChunk), slot = buffers.Take();
        T* result = partial + ((long)chunk * dw.Count);
        biasSums?.Clear(chunk);
        for (int image = first; image < end; image++)
        {
            T* gradients = dy.Read(image, 1, buffers.Memory(slot));
            biasSums?.Add(chunk, gradients, geometry.OutputPixels);
            for (int line = 0; line < geometry.OutputHeight; line += linesPerBand)
            {
                for (int filter = 0; filter < geometry.Filters; filter += Columns)
                {
                    MultiplyBand(image, line, gradients, filter, result, isAdded: image > first || line > 0);
                }
            }
        }

        buffers.Return(slot);
    }

    void MultiplyBand(int image, int line, T* gradients, int filter, T* result, bool isAdded)
    {
        int width = Math.Min(Columns, geometry.Filters - filter), lines = Math.Min(linesPerBand, geometry.OutputHeight - line);
        T* band = gradients + ((long)line * geometry.OutputWidth * geometry.Filters);
        var reads = new StripSource<T>
        {
            A = strips.Padded.Data + ((((long)image * strips.Padded.Shape[1]) + (line * geometry.Stride)) * strips.RowLength),
            AStep = geometry.Stride * geometry.Channels,
            ALineStep = geometry.Stride * strips.RowLength,
            B = band + filter,
            BStep = geometry.Filters,
            Lines = lines,
            Depth = geometry.OutputWidth,
        };
        // The next band comes while this one is worked on; behind the last image nothing is read, and asking costs nothing.
        int panels = (geometry.Filters + Columns - 1) / Columns, pixels = linesPerBand * geometry.OutputWidth, share = pixels * geometry.Filters / (panels * tiles);
        T* next = band + ((long)pixels * geometry.Filters) + ((long)filter / Columns * tiles * share);
        for (int tile = 0; tile < tiles; tile++, next += share)
        {
            Prefetch.Run(next, share);
            reads.Offsets = offsets + (tile * Rows);
            StripKernel<V, T>.Multiply(reads, result + ((long)tile * Rows * geometry.Filters) + filter, geometry.Filters,
                Math.Min(Rows, length - (tile * Rows)), width, isAdded);
        }
    }

    /// <summary>Adds the chunks' sums of some taps and channels to those of the first chunk, and turns them.</summary>
    void SumTaps(int number)
    {
        int first = number * TapsPerSum, end = Math.Min(length, first + TapsPerSum), count = (end - first) * geometry.Filters;
        T* start = partial + ((long)first * geometry.Filters);
        var sum = new Span<T>(start, count);
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(start + ((long)chunk * dw.Count), count), sum);
        }

        for (int filter = 0; filter < geometry.Filters; filter++)
        {
            for (int i = first; i < end; i++)
            {
                dw.Data[((long)filter * length) + i] = partial[((long)i * geometry.Filters) + filter];
            }
        }
    }
}
