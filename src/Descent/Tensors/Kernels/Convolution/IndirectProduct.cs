namespace Descent.Tensors.Kernels;

/// <summary>Every target pixel is a sum over taps of a source pixel's channels times the tap's matrix: a convolution forward, and its gradient by the input,
/// which differ in the plan and in the packing alone.</summary>
/// <remarks>Works image group by image group: all panels of a group's output, each with all tiles, so that the group's source stays in the cache.</remarks>
sealed unsafe class IndirectProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Small images are worked on in groups of about this many pixels, so that tiles fill up and panels are read less often.</summary>
    const int PixelsPerGroup = 256;

    const int FewestChunks = 16;

    readonly ImageSource<T> source;
    readonly ImageTarget<T> target;
    readonly ChunkBuffers<T> buffers;
    readonly int images, depth, columns, group, panelCount, panelSplits;
    readonly TilePlan whole, rest;
    readonly T* zeros;
    readonly Epilogue epilogue;

    /// <param name="plan">Makes the plan of a group of so many images.</param>
    public IndirectProduct(Scratch scratch, int threads, ImageSource<T> source, ImageTarget<T> target, int targetPixels, int depth, int columns, int taps,
        Epilogue epilogue, Func<int, TilePlan> plan)
    {
        (this.source, this.target, this.epilogue) = (source, target, epilogue);
        (this.depth, this.columns) = (depth, columns);
        images = target.Images;
        group = Math.Clamp(PixelsPerGroup / targetPixels, 1, images);
        int groups = (images + group - 1) / group;
        whole = plan(group);
        rest = images % group == 0 ? whole : plan(images % group);
        panelCount = (columns + Tile - 1) / Tile;
        // What a chunk makes for itself, it makes once and for all panels.
        long room = source.RoomPerImage + target.RoomPerImage;
        panelSplits = room > 0 ? 1 : Math.Clamp((FewestChunks + groups - 1) / groups, 1, panelCount);
        buffers = new(scratch, threads, group * room);
        PanelLength = taps * depth * Tile;
        Panels = scratch.Take<T>((long)panelCount * PanelLength);
        Bias = scratch.Take<T>((long)panelCount * Tile);
        zeros = scratch.Arena.Allocate<T>(new Shape(depth)).Data;
        Multiply = new Work(groups * panelSplits, MultiplyChunk);
    }

    public Work Multiply { get; }

    /// <summary>[panels][taps][depth][columns of a tile], filled by the owner before <see cref="Multiply"/> runs.</summary>
    public T* Panels { get; }

    public int PanelLength { get; }

    public int PanelCount => panelCount;

    /// <summary>The bias of each column, padded to whole panels; read where the epilogue has a bias.</summary>
    public T* Bias { get; }

    static int Tile => RowKernel<V, T>.Columns;

    void MultiplyChunk(int chunk)
    {
        var (number, split) = Math.DivRem(chunk, panelSplits);
        int first = number * group, count = Math.Min(group, images - first), slot = buffers.Take();
        var plan = count == group ? whole : rest;
        T* room = buffers.Memory(slot), targetRoom = room + (group * source.RoomPerImage);
        T* from = source.Read(first, count, room), to = target.Place(first, targetRoom);
        for (int panel = panelCount * split / panelSplits; panel < panelCount * (split + 1) / panelSplits; panel++)
        {
            MultiplyPanel(plan, panel, from, to + (panel * Tile));
        }

        target.Finish(first, count, targetRoom);
        buffers.Return(slot);
    }

    void MultiplyPanel(TilePlan plan, int panel, T* from, T* to)
    {
        int width = Math.Min(Tile, columns - (panel * Tile));
        T** rows = stackalloc T*[RowKernel<V, T>.Rows];
        var reads = new RowSource<T> { A = from, AStep = 1, B = Panels + ((long)panel * PanelLength), BStep = Tile, Depth = depth, Zeros = zeros };
        for (int tile = 0; tile < plan.Tiles; tile++)
        {
            int segment = plan.Segments[tile];
            reads.RowOffsets = plan.Offsets + (segment * RowKernel<V, T>.Rows);
            reads.PanelOffsets = plan.PanelOffsets + segment;
            reads.Segments = plan.Segments[tile + 1] - segment;
            for (int i = 0; i < RowKernel<V, T>.Rows; i++)
            {
                rows[i] = to + ((long)plan.Targets[(tile * RowKernel<V, T>.Rows) + i] * columns);
            }

            RowKernel<V, T>.Multiply(reads, rows, plan.Heights[tile], width, Bias + (panel * Tile), epilogue);
        }
    }
}
