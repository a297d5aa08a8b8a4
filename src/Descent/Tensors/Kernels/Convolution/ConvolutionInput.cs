namespace Descent.Tensors.Kernels;

/// <summary>The gradient of a convolution by its images: dx [N, H, W, C] from dy [N, H′, W′, F] and w [F, KH, KW, C].</summary>
sealed unsafe class ConvolutionInput<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ConvolutionGeometry geometry;
    readonly IndirectProduct<V, T> product;
    readonly Tensor<T> weight;

    public ConvolutionInput(Scratch scratch, int threads, ConvolutionGeometry geometry, ImageSource<T> dy, Tensor<T> weight, Tensor<T> dx)
    {
        (this.geometry, this.weight) = (geometry, weight);
        product = new(scratch, threads, dy, new TensorTarget<T>(dx), geometry.Pixels, geometry.Filters, geometry.Channels, geometry.Taps, Epilogue.None, images =>
            TilePlan.Build(scratch.Arena, images, geometry.Pixels, geometry.OutputPixels, geometry.Taps, geometry.Filters,
                geometry.Filters * RowKernel<V, T>.Columns, geometry.Target));
        Pack = new Work(product.PanelCount, PackPanel);
    }

    public Work Pack { get; }

    public Work Multiply => product.Multiply;

    void PackPanel(int panel)
    {
        int tile = RowKernel<V, T>.Columns, first = panel * tile, width = Math.Min(tile, geometry.Channels - first);
        for (int tap = 0; tap < geometry.Taps; tap++)
        {
            PanelPacking<V, T>.Pack(weight.Data + ((long)tap * geometry.Channels) + first, geometry.Taps * geometry.Channels, geometry.Filters, width,
                product.Panels + ((long)panel * product.PanelLength) + ((long)tap * geometry.Filters * tile));
        }
    }
}
