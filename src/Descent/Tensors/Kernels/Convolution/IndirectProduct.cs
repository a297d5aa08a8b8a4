namespace Descent.Tensors.Kernels;

/// <summary>Every target pixel is a sum over taps of a source pixel's channels times the tap's matrix: a convolution forward, and its gradient by the input,
/// which differ in the plan and in the packing alone.</summary>
/// <remarks>Works image group by image group: all panels of a group's output, each with all tiles, so that the group's source stays in the cache.</remarks>
sealed unsafe class IndirectProduct<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Small images are worked on in groups of about this many pixels, so that tiles fill up and panels are read less often.</summary>
    const int PixelsPerGroup = 256;

    const int FewestChunks = 16;

    readonly Tensor<T> source, target;
    readonly int images, targetPixels, sourceLength, depth, columns, group, panelCount, panelSplits;
    readonly TilePlan whole, rest;
    readonly T* zeros;
    readonly Epilogue epilogue;

    /// <param name="plan">Makes the plan of a group of so many images.</param>
    /// <param name="sourceStride">Elements of a source pixel, where they are not the depth of a tap.</param>
    public IndirectProduct(Scratch scratch, Tensor<T> source, Tensor<T> target, int sourcePixels, int targetPixels, int depth, int columns, int taps,
        Epilogue epilogue, Func<int, TilePlan> plan, int? sourceStride = null)
    {
        (this.source, this.target, this.epilogue) = (source, target, epilogue);
        (this.targetPixels, this.depth, this.columns) = (targetPixels, depth, columns);
        sourceLength = sourcePixels * (sourceStride ?? depth);
        images = target.Shape[0];
        group = Math.Clamp(PixelsPerGroup / targetPixels, 1, images);
        int groups = (images + group - 1) / group;
        whole = plan(group);
        rest = images % group == 0 ? whole : plan(images % group);
        panelCount = (columns + Tile - 1) / Tile;
        panelSplits = Math.Clamp((FewestChunks + groups - 1) / groups, 1, panelCount);
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
        int first = number * group;
        var plan = first + group <= images ? whole : rest;
        for (int panel = panelCount * split / panelSplits; panel < panelCount * (split + 1) / panelSplits; panel++)
        {
            MultiplyPanel(plan, panel, source.Data + ((long)first * sourceLength),
                target.Data + ((long)first * targetPixels * columns) + (panel * Tile));
        }
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
