namespace Descent.Tensors.Kernels;

/// <summary>y [N, H′, W′, F] = x [N, H, W, C] convolved with w [F, KH, KW, C], with a bias for each filter and a ReLU on request.</summary>
sealed unsafe class ConvolutionForward<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IndirectProduct<V, T> product;
    readonly Tensor<T> weight;
    readonly Tensor<T>? bias;
    readonly int filters, filterLength;
    /// <summary>The parts of a filter that are packed: all of it, or the taps that meet the image.</summary>
    readonly (int Start, int Length)[] parts;

    /// <param name="strips">Where given, x is this padded copy of the images and a tap is a whole row of the filter: for images of few channels.</param>
    public ConvolutionForward(Scratch scratch, int threads, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, ImageTarget<T> y,
        bool hasRelu, PaddedImages<T>? strips)
    {
        (this.weight, this.bias) = (weight, bias);
        (filters, filterLength) = (geometry.Filters, geometry.Taps * geometry.Channels);
        int[] taps = geometry.TapsThatMeetTheImage();
        parts = strips is not null || taps.Length == geometry.Taps
            ? [(0, filterLength)]
            : [.. taps.Select(tap => (tap * geometry.Channels, geometry.Channels))];
        var epilogue = (bias is null ? Epilogue.None : Epilogue.Bias) | (hasRelu ? Epilogue.Relu : Epilogue.None);
        product = strips is null
            ? new(scratch, threads, new TensorSource<T>(x), y, geometry.OutputPixels, geometry.Channels, filters, taps.Length, epilogue, images =>
                TilePlan.Build(scratch.Arena, images, geometry.OutputPixels, geometry.Pixels, taps.Length, geometry.Channels,
                    geometry.Channels * RowKernel<V, T>.Columns, (pixel, tap) => geometry.Source(pixel, taps[tap])))
            : strips.Product<V>(scratch, threads, geometry, y, epilogue);
        Pack = new Work(product.PanelCount, PackPanel);
    }

    public Work Pack { get; }

    public Work Multiply => product.Multiply;

    void PackPanel(int panel)
    {
        int tile = RowKernel<V, T>.Columns, first = panel * tile, width = Math.Min(tile, filters - first);
        T* to = product.Panels + ((long)panel * product.PanelLength);
        foreach (var (start, length) in parts)
        {
            PanelPacking<V, T>.PackTransposed(weight.Data + ((long)first * filterLength) + start, filterLength, length, width, to);
            to += length * tile;
        }

        if (bias is not null)
        {
            var padded = new Span<T>(product.Bias + first, tile);
            padded[width..].Clear();
            bias.Span.Slice(first, width).CopyTo(padded);
        }
    }
}
