namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a 3×3 convolution of images of 2×2 pixels by its filters: nine sums over images for every pair of filter and channel, transformed back,
/// see <see cref="SmallImageTransform{V, T}"/>.</summary>
sealed unsafe class SmallImageWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ImagesPerChunk = 16, MostSplits = 4, Taps = 3;

    /// <summary>Images whose share of a panel stays in the first-level cache.</summary>
    const int ImagesPerSum = 256;

    readonly ImageSource<T> dy;
    readonly Tensor<T> x, dw;
    readonly BiasSums<V, T>? biasSums;
    readonly SmallImages<V, T> inputs, gradients;
    readonly ChunkBuffers<T> buffers;
    readonly int images, channels, filters, tiles, splits;
    readonly T* sums;
    readonly int* start;

    public SmallImageWeight(Scratch scratch, int threads, Tensor<T> x, ImageSource<T> dy, Tensor<T> dw, Tensor<T>? db)
    {
        (this.x, this.dy, this.dw) = (x, dy, dw);
        (images, channels, filters) = (x.Shape[0], x.Shape[3], dw.Shape[0]);
        tiles = (filters + ReductionKernel<V, T>.Rows - 1) / ReductionKernel<V, T>.Rows;
        splits = Math.Min(MostSplits, tiles);
        int chunks = (images + ImagesPerChunk - 1) / ImagesPerChunk;
        inputs = new(scratch, images, channels, ReductionKernel<V, T>.Columns);
        // A tile of the kernel's rows must not reach over a panel's end.
        gradients = new(scratch, images, filters, V.Count % ReductionKernel<V, T>.Rows == 0 ? V.Count : filters);
        buffers = new(scratch, threads, ImagesPerChunk * dy.RoomPerImage);
        biasSums = db is null ? null : new(scratch, db, chunks);
        sums = scratch.Take<T>((long)SmallImageTransform<V, T>.Products * Pairs);
        start = scratch.Arena.AllocateRaw<int>(1);
        *start = 0;
        Gather = new Work(chunks, GatherChunk);
        Multiply = new Work(SmallImageTransform<V, T>.Products * splits, MultiplyPart);
        Finish = new Work(filters, TransformFilter);
    }

    public Work Gather { get; }

    public Work Multiply { get; }

    public Work Finish { get; }

    public Work? SumBias => biasSums?.Finish;

    int Pairs => filters * channels;

    void GatherChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, images - first), slot = buffers.Take();
        T* gradientImages = dy.Read(first, count, buffers.Memory(slot));
        biasSums?.Clear(chunk);
        biasSums?.Add(chunk, gradientImages, 4L * count);
        inputs.GatherInputs(x.Data + (4L * first * channels), first, count);
        gradients.GatherGradients(gradientImages, first, count);
        buffers.Return(slot);
    }

    /// <summary>[filters, channels] = [images, filters]ᵀ·[images, channels] for a range of filters and one of the nine products.</summary>
    void MultiplyPart(int chunk)
    {
        var (product, split) = Math.DivRem(chunk, splits);
        for (int first = 0; first < images; first += ImagesPerSum)
        {
            int count = Math.Min(ImagesPerSum, images - first);
            var reads = new ReductionSource<T> { AStep = gradients.PanelWidth, BStep = inputs.PanelWidth, Runs = new(1, start, start, &count) };
            for (int channel = 0; channel < channels; channel += ReductionKernel<V, T>.Columns)
            {
                int panel = channel / ReductionKernel<V, T>.Columns, width = Math.Min(ReductionKernel<V, T>.Columns, channels - channel);
                reads.B = inputs.Plane(product) + ((long)panel * inputs.PanelLength) + ((long)first * inputs.PanelWidth);
                for (int tile = tiles * split / splits; tile < tiles * (split + 1) / splits; tile++)
                {
                    int filter = tile * ReductionKernel<V, T>.Rows;
                    var (gradientPanel, row) = Math.DivRem(filter, gradients.PanelWidth);
                    reads.A = gradients.Plane(product) + ((long)gradientPanel * gradients.PanelLength) + ((long)first * gradients.PanelWidth) + row;
                    ReductionKernel<V, T>.Multiply(reads, sums + ((long)product * Pairs) + ((long)filter * channels) + channel, channels,
                        Math.Min(ReductionKernel<V, T>.Rows, filters - filter), width, isAdded: first > 0);
                }
            }
        }
    }

    void TransformFilter(int filter)
    {
        T* half = stackalloc T[Taps * Taps * V.Count];
        T* taps = dw.Data + ((long)filter * Taps * Taps * channels);
        for (int channel = 0; channel < channels; channel += V.Count)
        {
            T* from = sums + ((long)filter * channels) + channel;
            for (int j = 0; j < Taps; j++)
            {
                SmallImageTransform<V, T>.FilterGradient(from + ((long)j * Pairs), (nint)Taps * Pairs, half + (j * V.Count), Taps * V.Count);
            }

            for (int i = 0; i < Taps; i++)
            {
                SmallImageTransform<V, T>.FilterGradient(half + (i * Taps * V.Count), V.Count, taps + ((long)i * Taps * channels) + channel, channels);
            }
        }
    }
}
