namespace Descent.Tensors.Kernels;

/// <summary>The filters of a 3×3 convolution in the domain of the products, packed for the row kernel: [products][panels][depth][columns of a tile].</summary>
/// <remarks>Forward, depth is the channels and columns are the filters. For the gradient by the input it is the other way round, and the filters are turned by
/// half a turn. The nine taps are packed first and transformed in their panels, so that only a quarter of the numbers is transposed.</remarks>
sealed unsafe class WinogradFilters<V, T, TTransform>
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TTransform : IFilterTransform<V, T>
{
    const int Size = 3, Taps = Size * Size;

    const int RowsPerTransform = 16;

    /// <summary>Elements between two planes beyond their content: planes of a power of two would fall on one another in the cache.</summary>
    const int PlanePadding = 16;

    readonly Tensor<T> weight;
    readonly int filters, channels, transforms;
    readonly bool isForInput;
    readonly T* packedTaps;

    public WinogradFilters(Scratch scratch, Tensor<T> weight, bool isForInput)
    {
        (this.weight, this.isForInput) = (weight, isForInput);
        (filters, channels) = (weight.Shape[0], weight.Shape[3]);
        PanelCount = (Columns + Tile - 1) / Tile;
        transforms = (Depth + RowsPerTransform - 1) / RowsPerTransform;
        packedTaps = scratch.Take<T>((long)Taps * PanelCount * PanelLength);
        Panels = scratch.Take<T>(Numbers * Numbers * PlaneLength);
        Pack = new Work(PanelCount, PackPanel);
        Transform = new Work(PanelCount * transforms, TransformRows);
    }

    public Work Pack { get; }

    public Work Transform { get; }

    public int Depth => isForInput ? filters : channels;

    public int Columns => isForInput ? channels : filters;

    public int PanelCount { get; }

    public int PanelLength => Depth * Tile;

    /// <summary>Elements from the plane of one product to the next.</summary>
    public long PlaneLength => ((long)PanelCount * PanelLength) + PlanePadding;

    public T* Panels { get; }

    static int Numbers => TTransform.Numbers;

    static int Tile => RowKernel<V, T>.Columns;

    /// <summary>The taps of a panel, as [9][depth][columns of a tile].</summary>
    void PackPanel(int panel)
    {
        int first = panel * Tile, width = Math.Min(Tile, Columns - first);
        T* to = packedTaps + ((long)panel * Taps * PanelLength);
        if (!isForInput)
        {
            PanelPacking<V, T>.PackTransposed(weight.Data + ((long)first * Taps * channels), Taps * channels, Taps * channels, width, to);
            return;
        }

        for (int tap = 0; tap < Taps; tap++)
        {
            PanelPacking<V, T>.Pack(weight.Data + ((long)tap * channels) + first, Taps * channels, filters, width, to + ((long)tap * PanelLength));
        }
    }

    /// <summary>G·g·Gᵀ for some rows of a panel.</summary>
    void TransformRows(int number)
    {
        var (panel, part) = Math.DivRem(number, transforms);
        int start = part * RowsPerTransform * Tile, end = Math.Min(PanelLength, start + (RowsPerTransform * Tile));
        T* half = stackalloc T[Numbers * Size * V.Count];
        // Half a turn: the last tap comes first.
        T* first = packedTaps + (((long)panel * Taps) + (isForInput ? Taps - 1 : 0)) * PanelLength;
        nint step = isForInput ? -PanelLength : PanelLength, plane = (nint)PlaneLength;
        for (int at = start; at < end; at += V.Count)
        {
            for (int j = 0; j < Size; j++)
            {
                TTransform.Filter(first + (j * step) + at, Size * step, half + (j * V.Count), Size * V.Count);
            }

            T* to = Panels + ((long)panel * PanelLength) + at;
            for (int i = 0; i < Numbers; i++)
            {
                TTransform.Filter(half + (i * Size * V.Count), V.Count, to + (i * Numbers * plane), plane);
            }
        }
    }
}
