namespace Descent.Tensors.Kernels;

/// <summary>A copy of images of few channels with zeros around them: a row of a filter then reads consecutive numbers, KW·C of them, and no tap is
/// missing.</summary>
/// <remarks>With three channels a tap alone is a sum of three products, too short to pay for its row pointers.</remarks>
sealed unsafe class PaddedImages<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Images of fewer channels are padded.</summary>
    const int FewChannels = 8;

    readonly ConvolutionGeometry geometry;
    readonly Tensor<T> x;

    PaddedImages(Scratch scratch, ConvolutionGeometry geometry, Tensor<T> x)
    {
        (this.geometry, this.x) = (geometry, x);
        Padded = scratch.Tensor<T>(
            new Shape(x.Shape[0], geometry.Height + (2 * geometry.Padding), geometry.Width + (2 * geometry.Padding), geometry.Channels));
    }

    /// <summary>[N, H + 2P, W + 2P, C].</summary>
    public Tensor<T> Padded { get; }

    /// <summary>Elements of a row of the padded image.</summary>
    public int RowLength => Padded.Shape[2] * geometry.Channels;

    /// <summary>Makes the copy where the images have few channels, else returns null.</summary>
    public static PaddedImages<T>? Record(IRecorder recorder, Scratch scratch, ConvolutionGeometry geometry, Tensor<T> x)
    {
        if (geometry.Channels >= FewChannels || geometry.KernelWidth == 1)
        {
            return null;
        }

        var images = new PaddedImages<T>(scratch, geometry, x);
        recorder.Run(new Work(x.Shape[0], images.PadImage));
        return images;
    }

    /// <summary>The product whose taps are rows of the filter.</summary>
    public IndirectProduct<V, T> Product<V>(Scratch scratch, int threads, ConvolutionGeometry sizes, ImageTarget<T> y, Epilogue epilogue) where V : struct, IVector<V, T>
    {
        int depth = sizes.KernelWidth * sizes.Channels, channels = sizes.Channels;
        int pixels = Padded.Shape[1] * Padded.Shape[2];
        // Offsets count elements, and the product thinks in pixels of its depth: the plan is told one element a pixel.
        return new(scratch, threads, new TensorSource<T>(Padded), y, sizes.OutputPixels, depth, sizes.Filters, sizes.KernelHeight, epilogue, images =>
            TilePlan.Build(scratch.Arena, images, sizes.OutputPixels, pixels * channels, sizes.KernelHeight, 1, depth * RowKernel<V, T>.Columns,
                (pixel, row) => (((pixel / sizes.OutputWidth * sizes.Stride) + row) * RowLength) + (pixel % sizes.OutputWidth * sizes.Stride * channels)));
    }

    void PadImage(int image)
    {
        int length = geometry.Width * geometry.Channels, border = geometry.Padding * geometry.Channels, rows = Padded.Shape[1];
        var padded = Padded.Span.Slice(image * rows * RowLength, rows * RowLength);
        // The right border of a row and the left border of the next lie side by side.
        padded[..((geometry.Padding * RowLength) + border)].Clear();
        for (int row = 0; row < geometry.Height; row++)
        {
            int start = ((row + geometry.Padding) * RowLength) + border;
            x.Span.Slice(((image * geometry.Height) + row) * length, length).CopyTo(padded[start..]);
            padded.Slice(start + length, row + 1 < geometry.Height ? 2 * border : border).Clear();
        }

        padded[((geometry.Padding + geometry.Height) * RowLength)..].Clear();
    }
}
