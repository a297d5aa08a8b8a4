namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its filters: dw [F, KH, KW, C] from x [N, H, W, C] and dy [N, H′, W′, F].</summary>
/// <remarks>For a tap, dw is a product over pixels: six filters by a tile of channels. A segment is a row of an image, trimmed to the pixels that
/// the tap reads inside the image. Each chunk of images has sums of its own, which are added in the chunks' order.</remarks>
sealed unsafe class ConvolutionWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16;
    const int ElementsPerSumChunk = 1 << 14;

    readonly ConvolutionGeometry geometry;
    readonly Tensor<T> x, dy, dw;
    readonly int images, imagesPerChunk, chunks;
    readonly T* partial;
    readonly Segment[] taps;

    public ConvolutionWeight(Arena arena, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> dy, Tensor<T> dw)
    {
        (this.geometry, this.x, this.dy, this.dw) = (geometry, x, dy, dw);
        images = x.Shape[0];
        imagesPerChunk = (images + MostChunks - 1) / MostChunks;
        chunks = (images + imagesPerChunk - 1) / imagesPerChunk;
        partial = arena.AllocateRaw<T>((long)chunks * dw.Count);
        taps = [.. Enumerable.Range(0, geometry.Taps).Select(tap => Segments(arena, tap))];
        Multiply = new Work(chunks, MultiplyChunk);
        Sum = new Work((dw.Count + ElementsPerSumChunk - 1) / ElementsPerSumChunk, SumChunk);
    }

    public Work Multiply { get; }

    public Work Sum { get; }

    /// <summary>The rows of a chunk's images that a tap reads, for whole tiles of six filters and for the last, smaller one.</summary>
    Segment Segments(Arena arena, int tap)
    {
        var (kernelRow, kernelColumn) = Math.DivRem(tap, geometry.KernelWidth);
        var (firstRow, endRow) = Range(geometry.Height, geometry.OutputHeight, kernelRow);
        var (firstColumn, endColumn) = Range(geometry.Width, geometry.OutputWidth, kernelColumn);
        int rows = Math.Max(0, endRow - firstRow), count = Math.Max(1, rows * imagesPerChunk), tail = geometry.Filters % RowKernel<V, T>.Rows;
        int* whole = arena.AllocateRaw<int>(count * RowKernel<V, T>.Rows), last = arena.AllocateRaw<int>(count * RowKernel<V, T>.Rows);
        int* inputs = arena.AllocateRaw<int>(count);
        for (int image = 0, segment = 0; image < imagesPerChunk; image++)
        {
            for (int row = firstRow; row < endRow; row++, segment++)
            {
                int output = ((((image * geometry.OutputHeight) + row) * geometry.OutputWidth) + firstColumn) * geometry.Filters;
                for (int i = 0; i < RowKernel<V, T>.Rows; i++)
                {
                    whole[(segment * RowKernel<V, T>.Rows) + i] = output + i;
                    last[(segment * RowKernel<V, T>.Rows) + i] = output + Math.Clamp(i, 0, Math.Max(0, tail - 1));
                }

                int y = (row * geometry.Stride) + kernelRow - geometry.Padding, column = (firstColumn * geometry.Stride) + kernelColumn - geometry.Padding;
                inputs[segment] = ((((image * geometry.Height) + y) * geometry.Width) + column) * geometry.Channels;
            }
        }

        return new Segment(rows, Math.Max(0, endColumn - firstColumn), whole, last, inputs);
    }

    /// <summary>The outputs along an axis whose input through a tap lies inside the image: from the first to before the end.</summary>
    (int First, int End) Range(int size, int outputs, int tap)
    {
        int first = Math.Max(0, (geometry.Padding - tap + geometry.Stride - 1) / geometry.Stride);
        int last = size - 1 + geometry.Padding - tap;
        return (first, last < 0 ? first : Math.Min(outputs, (last / geometry.Stride) + 1));
    }

    void MultiplyChunk(int chunk)
    {
        int first = chunk * imagesPerChunk, count = Math.Min(imagesPerChunk, images - first);
        T* result = partial + ((long)chunk * dw.Count);
        for (int tap = 0; tap < geometry.Taps; tap++)
        {
            for (int channel = 0; channel < geometry.Channels; channel += RowKernel<V, T>.Columns)
            {
                MultiplyTap(tap, channel, first, count, result);
            }
        }
    }

    void MultiplyTap(int tap, int channel, int firstImage, int count, T* result)
    {
        var segment = taps[tap];
        int width = Math.Min(RowKernel<V, T>.Columns, geometry.Channels - channel), filterLength = geometry.Taps * geometry.Channels;
        T** rows = stackalloc T*[RowKernel<V, T>.Rows];
        T* gradients = dy.Data + ((long)firstImage * geometry.OutputPixels * geometry.Filters);
        var reads = new RowSource<T>
        {
            AStep = geometry.Filters,
            B = x.Data + ((long)firstImage * geometry.Pixels * geometry.Channels) + channel,
            PanelOffsets = segment.Inputs,
            BStep = geometry.Stride * geometry.Channels,
            Segments = segment.Rows * count,
            Depth = segment.Columns,
        };
        for (int filter = 0; filter < geometry.Filters; filter += RowKernel<V, T>.Rows)
        {
            int height = Math.Min(RowKernel<V, T>.Rows, geometry.Filters - filter);
            reads.A = gradients + filter;
            reads.RowOffsets = height == RowKernel<V, T>.Rows ? segment.WholeTiles : segment.LastTile;
            for (int i = 0; i < height; i++)
            {
                rows[i] = result + ((long)(filter + i) * filterLength) + (tap * geometry.Channels) + channel;
            }

            if (width == RowKernel<V, T>.Columns)
            {
                RowKernel<V, T>.Multiply(reads, rows, height, null, Epilogue.None);
            }
            else
            {
                RowKernel<V, T>.MultiplyNarrow(reads, rows, height, width, null, Epilogue.None);
            }
        }
    }

    void SumChunk(int number)
    {
        int start = number * ElementsPerSumChunk, count = Math.Min(ElementsPerSumChunk, dw.Count - start);
        var sum = dw.Span.Slice(start, count);
        new ReadOnlySpan<T>(partial + start, count).CopyTo(sum);
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(partial + ((long)chunk * dw.Count) + start, count), sum);
        }
    }

    /// <summary>Rows of an image and pixels of a row that a tap reads, and where they lie.</summary>
    readonly struct Segment(int rows, int columns, int* wholeTiles, int* lastTile, int* inputs)
    {
        public int Rows { get; } = rows;

        public int Columns { get; } = columns;

        public int* WholeTiles { get; } = wholeTiles;

        public int* LastTile { get; } = lastTile;

        public int* Inputs { get; } = inputs;
    }
}
