namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its filters: dw [F, KH, KW, C] from x [N, H, W, C] and dy [N, H′, W′, F].</summary>
/// <remarks>For a tap, dw is a product over pixels. Both factors are packed band by band, see <see cref="PixelBands"/>. Work is cut into ranges of images, each with
/// sums of its own that are added in order, or, where the filters are large and the images small, into ranges of filters and channels, each of
/// which walks over all images. The choice depends on the sizes alone.</remarks>
sealed unsafe class ConvolutionWeight<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostChunks = 16;
    /// <summary>Elements between two panels beyond their content, so that they do not fall on one another in the cache.</summary>
    const int PanelPadding = 16;

    const int ElementsPerSumChunk = 1 << 12;

    /// <summary>A band's packed pixels shall fit into so much of the second-level cache, a panel of it into the first-level cache.</summary>
    const int BandBytes = 3 << 17, FewestPixels = 128, MostPixels = 256;

    readonly ConvolutionGeometry geometry;
    readonly ImageSource<T> dy;
    readonly Tensor<T> x, dw;
    readonly BiasSums<V, T>? biasSums;
    readonly PixelBands bands;
    readonly ChunkBuffers<T> buffers;
    readonly int images, imagesPerChunk, chunks, panels, tiles, splits, sourcePanel, gradientPanel;
    readonly int[] taps;
    readonly UnmetTaps<T> unmetTaps;
    readonly T* partial;
    readonly T* packed;

    public ConvolutionWeight(Scratch scratch, int threads, ConvolutionGeometry geometry, Tensor<T> x, ImageSource<T> dy, Tensor<T> dw, Tensor<T>? db)
    {
        (this.geometry, this.x, this.dy, this.dw) = (geometry, x, dy, dw);
        images = x.Shape[0];
        taps = geometry.TapsThatMeetTheImage();
        unmetTaps = new(geometry);
        panels = (geometry.Channels + Columns - 1) / Columns;
        tiles = (geometry.Filters + Rows - 1) / Rows;
        int pixels = Math.Clamp(BandBytes / (sizeof(T) * (geometry.Filters + geometry.Channels)), FewestPixels, MostPixels);
        bands = new PixelBands(scratch.Arena, geometry, images, pixels);
        sourcePanel = (bands.SourcePixels * Columns) + PanelPadding;
        gradientPanel = (bands.GradientPixels * Rows) + PanelPadding;
        int groups = (images + bands.Images - 1) / bands.Images;
        long room = bands.Images * dy.RoomPerImage;
        if (IsPackedAsAWhole)
        {
            buffers = new(scratch, threads, room);
            biasSums = db is null ? null : new(scratch, db, groups);
            splits = Math.Clamp((MostChunks + panels - 1) / panels, 1, tiles);
            packed = scratch.Take<T>(groups * bands.Count * BandLength);
            Pack = new Work(groups, PackGroup);
            Multiply = new Work(panels * splits, MultiplyPart);
            return;
        }

        imagesPerChunk = (groups + MostChunks - 1) / MostChunks * bands.Images;
        chunks = (images + imagesPerChunk - 1) / imagesPerChunk;
        buffers = new(scratch, threads, BandLength + room);
        biasSums = db is null ? null : new(scratch, db, chunks);
        partial = chunks == 1 ? null : scratch.Take<T>((long)chunks * dw.Count);
        Multiply = new Work(chunks, MultiplyImages);
        Sum = chunks == 1 ? null : new Work((dw.Count + ElementsPerSumChunk - 1) / ElementsPerSumChunk, SumChunk);
    }

    /// <summary>Packs all bands; null where each chunk packs its own.</summary>
    public Work? Pack { get; }

    public Work Multiply { get; }

    /// <summary>Adds the private sums; null where there are none.</summary>
    public Work? Sum { get; }

    public Work? SumBias => biasSums?.Finish;

    static int Rows => ReductionKernel<V, T>.Rows;

    static int Columns => ReductionKernel<V, T>.Columns;

    bool IsPackedAsAWhole => (long)dw.Count * MostChunks > x.Count + (images * dy.ImageLength);

    long BandLength => ((long)panels * sourcePanel) + ((long)tiles * gradientPanel);

    void PackGroup(int group)
    {
        int first = group * bands.Images, count = Math.Min(bands.Images, images - first), slot = buffers.Take();
        biasSums?.Clear(group);
        T* gradients = ReadGradients(group, first, count, buffers.Memory(slot));
        for (int band = 0; band < bands.Count; band++)
        {
            PackBand(band, first, count, gradients, packed + (((group * bands.Count) + band) * BandLength));
        }

        buffers.Return(slot);
    }

    T* ReadGradients(int chunk, int first, int count, T* room)
    {
        T* gradients = dy.Read(first, count, room);
        biasSums?.Add(chunk, gradients, (long)count * geometry.OutputPixels);
        return gradients;
    }

    void PackBand(int band, int first, int count, T* gradients, T* to)
    {
        BandPacking<V, T>.PackSource(bands, band, x, first, count, to, sourcePanel);
        BandPacking<V, T>.PackGradient(bands, band, gradients, dy.Shape, count, to + ((long)panels * sourcePanel), gradientPanel);
    }

    /// <summary>A range of filters by a panel of channels, over all images: a tile of filters at a time, so that its sums stay in the cache.</summary>
    void MultiplyPart(int chunk)
    {
        var (panel, split) = Math.DivRem(chunk, splits);
        int packedBands = (images + bands.Images - 1) / bands.Images * bands.Count;
        for (int tile = tiles * split / splits; tile < tiles * (split + 1) / splits; tile++)
        {
            int part = (panel * tiles) + tile, parts = panels * tiles;
            unmetTaps.Clear(dw.Data, part, parts);
            unmetTaps.Prefetch(dw.Data, Math.Min(part + 1, parts - 1), parts);
            for (int number = 0; number < packedBands; number++)
            {
                MultiplyTile(number % bands.Count, packed + (number * BandLength), panel, tile, dw.Data, number > 0);
            }
        }
    }

    /// <summary>All filters and channels over a range of images.</summary>
    void MultiplyImages(int chunk)
    {
        int start = chunk * imagesPerChunk, end = Math.Min(images, start + imagesPerChunk), slot = buffers.Take();
        T* result = partial == null ? dw.Data : partial + ((long)chunk * dw.Count), pixels = buffers.Memory(slot);
        biasSums?.Clear(chunk);
        unmetTaps.Clear(result);
        for (int first = start; first < end; first += bands.Images)
        {
            int count = Math.Min(bands.Images, end - first);
            T* gradients = ReadGradients(chunk, first, count, pixels + BandLength);
            for (int band = 0; band < bands.Count; band++)
            {
                PackBand(band, first, count, gradients, pixels);
                for (int panel = 0; panel < panels; panel++)
                {
                    for (int tile = 0; tile < tiles; tile++)
                    {
                        MultiplyTile(band, pixels, panel, tile, result, first > start || band > 0);
                    }
                }
            }
        }

        buffers.Return(slot);
    }

    void MultiplyTile(int band, T* pixels, int panel, int tile, T* result, bool isAdded)
    {
        int filterLength = geometry.Taps * geometry.Channels, channel = panel * Columns, width = Math.Min(Columns, geometry.Channels - channel);
        int filter = tile * Rows, height = Math.Min(Rows, geometry.Filters - filter);
        T* gradients = pixels + ((long)panels * sourcePanel), to = result + ((long)filter * filterLength) + channel;
        var reads = new ReductionSource<T>
        {
            A = gradients + ((long)tile * gradientPanel),
            AStep = Rows,
            B = pixels + ((long)panel * sourcePanel),
            BStep = Columns,
        };
        foreach (int tap in taps)
        {
            reads.Runs = bands.Runs(band, tap);
            if (reads.Runs.Count > 0 || !isAdded)
            {
                ReductionKernel<V, T>.Multiply(reads, to + (tap * geometry.Channels), filterLength, height, width, isAdded);
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
}
