namespace Descent.Tensors.Kernels;

/// <summary>The filters of a 3×3 convolution in the domain of the 36 products, packed for the row kernel: [36][panels][depth][columns of a tile].</summary>
/// <remarks>Forward, depth is the channels and columns are the filters. For the gradient by the input it is the other way round, and the filters are turned by
/// half a turn.</remarks>
sealed unsafe class WinogradFilters<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Inputs = WinogradTransform<V, T>.Inputs, Products = WinogradTransform<V, T>.Products, Size = 3;

    readonly Tensor<T> weight;
    readonly int filters, channels;
    readonly bool isForInput;
    readonly T* domain;

    public WinogradFilters(Scratch scratch, Tensor<T> weight, bool isForInput)
    {
        (this.weight, this.isForInput) = (weight, isForInput);
        (filters, channels) = (weight.Shape[0], weight.Shape[3]);
        domain = scratch.Take<T>((long)Products * filters * channels);
        PanelCount = (Columns + RowKernel<V, T>.Columns - 1) / RowKernel<V, T>.Columns;
        Panels = scratch.Take<T>((long)Products * PanelCount * PanelLength);
        Transform = new Work(filters, TransformFilter);
        Pack = new Work(Products * PanelCount, PackPanel);
    }

    public Work Transform { get; }

    public Work Pack { get; }

    public int Depth => isForInput ? filters : channels;

    public int Columns => isForInput ? channels : filters;

    public int PanelCount { get; }

    public int PanelLength => Depth * RowKernel<V, T>.Columns;

    public T* Panels { get; }

    /// <summary>G·g·Gᵀ for all channels of a filter, into [36][filters][channels].</summary>
    void TransformFilter(int filter)
    {
        T* taps = weight.Data + ((long)filter * Size * Size * channels), half = stackalloc T[Inputs * Size * V.Count];
        // Half a turn: the last tap comes first.
        T* first = isForInput ? taps + (((Size * Size) - 1) * channels) : taps;
        nint step = isForInput ? -channels : channels, plane = (nint)filters * channels;
        for (int channel = 0; channel < channels; channel += V.Count)
        {
            for (int j = 0; j < Size; j++)
            {
                WinogradTransform<V, T>.Filter(first + (j * step) + channel, Size * step, half + (j * V.Count), Size * V.Count);
            }

            for (int i = 0; i < Inputs; i++)
            {
                WinogradTransform<V, T>.Filter(half + (i * Size * V.Count), V.Count, domain + (i * Inputs * plane) + ((long)filter * channels) + channel, plane);
            }
        }
    }

    void PackPanel(int number)
    {
        var (product, panel) = Math.DivRem(number, PanelCount);
        int first = panel * RowKernel<V, T>.Columns, width = Math.Min(RowKernel<V, T>.Columns, Columns - first);
        T* plane = domain + ((long)product * filters * channels), target = Panels + ((long)number * PanelLength);
        if (isForInput)
        {
            PanelPacking<V, T>.Pack(plane + first, channels, filters, width, target);
        }
        else
        {
            PanelPacking<V, T>.PackTransposed(plane + ((long)first * channels), channels, width, target);
        }
    }
}
