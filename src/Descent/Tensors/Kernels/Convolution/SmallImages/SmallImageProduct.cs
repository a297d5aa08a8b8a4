namespace Descent.Tensors.Kernels;

/// <summary>A 3×3 convolution of images of 2×2 pixels by nine products, see <see cref="SmallImageTransform{V, T}"/>. Forward and gradient by the input alike.</summary>
/// <remarks>All images are transformed before the first product, so that each filter is read once.</remarks>
sealed unsafe class SmallImageProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ImagesPerChunk = 16;

    readonly ImageSource<T> source;
    readonly ImageTarget<T> target;
    readonly Tensor<T>? bias;
    readonly WinogradFilters<V, T, SmallImageTransform<V, T>> filters;
    readonly SmallImages<V, T> inputs, outputs;
    readonly ChunkBuffers<T> buffers;
    readonly int images, rows;
    readonly Epilogue epilogue;

    public SmallImageProduct(Scratch scratch, int threads, ImageSource<T> source, ImageTarget<T> target,
        WinogradFilters<V, T, SmallImageTransform<V, T>> filters, Tensor<T>? bias, bool hasRelu)
    {
        (this.source, this.target, this.filters, this.bias) = (source, target, filters, bias);
        epilogue = (bias is null ? Epilogue.None : Epilogue.Bias) | (hasRelu ? Epilogue.Relu : Epilogue.None);
        images = source.Images;
        rows = (images + PlaneKernel<V, T>.Rows - 1) / PlaneKernel<V, T>.Rows * PlaneKernel<V, T>.Rows;
        inputs = new(scratch, rows, filters.Depth, filters.Depth);
        outputs = new(scratch, rows, filters.Columns, filters.PanelCount * PlaneKernel<V, T>.Columns);
        buffers = new(scratch, threads, ImagesPerChunk * Math.Max(source.RoomPerImage, target.RoomPerImage));
        int chunks = (images + ImagesPerChunk - 1) / ImagesPerChunk;
        Gather = new Work(chunks, GatherChunk);
        Multiply = new Work(SmallImageTransform<V, T>.Products * filters.PanelCount, MultiplyPanel);
        Scatter = new Work(chunks, ScatterChunk);
    }

    public Work Gather { get; }

    public Work Multiply { get; }

    public Work Scatter { get; }

    void GatherChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, images - first), slot = buffers.Take();
        inputs.GatherInputs(source.Read(first, count, buffers.Memory(slot)), first, count);
        buffers.Return(slot);
    }

    /// <summary>Rows that are missing at the end are computed from what the memory holds, and never read.</summary>
    void MultiplyPanel(int chunk)
    {
        var (product, panel) = Math.DivRem(chunk, filters.PanelCount);
        T* panels = filters.Panels + (product * filters.PlaneLength) + ((long)panel * filters.PanelLength);
        PlaneKernel<V, T>.Multiply(inputs.Plane(product), filters.Depth, panels, filters.Depth, outputs.Plane(product) + (panel * PlaneKernel<V, T>.Columns),
            outputs.PanelWidth, rows);
    }

    void ScatterChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, images - first), slot = buffers.Take();
        T* room = buffers.Memory(slot);
        outputs.Scatter(target.Place(first, room), first, count, bias is null ? null : bias.Data, epilogue);
        target.Finish(first, count, room);
        buffers.Return(slot);
    }
}
