namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its images: dx [N, H, W, C] from dy [N, H′, W′, F] and w [F, KH, KW, C].</summary>
sealed unsafe class ConvolutionInput<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ConvolutionGeometry geometry;
    readonly IndirectProduct<V, T> product;
    readonly Tensor<T> weight;
    readonly int[] taps;

    public ConvolutionInput(Scratch scratch, int threads, ConvolutionGeometry geometry, ImageSource<T> dy, Tensor<T> weight, Tensor<T> dx)
    {
        (this.geometry, this.weight) = (geometry, weight);
        taps = geometry.TapsThatMeetTheImage();
        product = new(scratch, threads, dy, new TensorTarget<T>(dx), geometry.Pixels, geometry.Filters, geometry.Channels, taps.Length, Epilogue.None, images =>
            TilePlan.Build(scratch.Arena, images, geometry.Pixels, geometry.OutputPixels, taps.Length, geometry.Filters,
                geometry.Filters * RowKernel<V, T>.Columns, (pixel, tap) => geometry.Target(pixel, taps[tap])));
        Pack = new Work(product.PanelCount, PackPanel);
    }

    public Work Pack { get; }

    public Work Multiply => product.Multiply;

    void PackPanel(int panel)
    {
        int tile = RowKernel<V, T>.Columns, first = panel * tile, width = Math.Min(tile, geometry.Channels - first);
        T* to = product.Panels + ((long)panel * product.PanelLength);
        foreach (int tap in taps)
        {
            PanelPacking<V, T>.Pack(weight.Data + ((long)tap * geometry.Channels) + first, geometry.Taps * geometry.Channels, geometry.Filters, width, to);
            to += geometry.Filters * tile;
        }
    }
}
