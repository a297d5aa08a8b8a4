using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Copies a band of pixels into panels for the reduction kernel: [panels][pixels][rows or columns of a tile]. Missing channels and images are zero.</summary>
static unsafe class BandPacking<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The images' part: x [N, H, W, C], <paramref name="count"/> images from <paramref name="first"/>.</summary>
    /// <param name="panelLength">Elements from one panel to the next.</param>
    public static void PackSource(PixelBands bands, int band, Tensor<T> x, int first, int count, T* panels, int panelLength)
    {
        int height = x.Shape[1], width = x.Shape[2], channels = x.Shape[3], step = bands.PixelStep * ReductionKernel<V, T>.Columns;
        int[] rows = bands.SourceRows(band);
        for (int i = 0; i < bands.Images; i++)
        {
            T* target = panels + (i * bands.SourceImageStep * ReductionKernel<V, T>.Columns), image = x.Data + ((long)(first + i) * height * width * channels);
            foreach (int row in rows)
            {
                foreach (var (column, columns) in bands.SourceColumns)
                {
                    if (i < count)
                    {
                        PackColumns(image + (((row * width) + column) * channels), bands.ColumnStep * channels, columns, channels, target, step, panelLength);
                    }
                    else
                    {
                        Clear(ReductionKernel<V, T>.Columns, columns, channels, target, step, panelLength);
                    }

                    target += columns * step;
                }
            }
        }
    }

    /// <summary>The gradient's part.</summary>
    /// <param name="gradients">The first <paramref name="count"/> images of a group, [count, H′, W′, F].</param>
    public static void PackGradient(PixelBands bands, int band, T* gradients, Shape shape, int count, T* panels, int panelLength)
    {
        int height = shape[1], width = shape[2], filters = shape[3], step = bands.PixelStep * ReductionKernel<V, T>.Rows;
        var (firstRow, endRow) = bands.OutputRows(band);
        for (int i = 0; i < bands.Images; i++)
        {
            T* target = panels + (i * bands.GradientImageStep * ReductionKernel<V, T>.Rows);
            int pixels = (endRow - firstRow) * width;
            if (i < count)
            {
                PackRows(gradients + ((((long)i * height) + firstRow) * width * filters), pixels, filters, target, step, panelLength);
            }
            else
            {
                Clear(ReductionKernel<V, T>.Rows, pixels, filters, target, step, panelLength);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackColumns(T* from, nint fromStep, int pixels, int channels, T* to, nint toStep, nint panelLength)
    {
        int whole = channels / ReductionKernel<V, T>.Columns * ReductionKernel<V, T>.Columns;
        for (int pixel = 0; pixel < pixels; pixel++, from += fromStep, to += toStep)
        {
            T* panel = to;
            for (int channel = 0; channel < whole; channel += ReductionKernel<V, T>.Columns, panel += panelLength)
            {
                V.Store(V.Load(from + channel), panel);
                V.Store(V.Load(from + channel + V.Count), panel + V.Count);
            }

            if (whole < channels)
            {
                PackRest(from + whole, channels - whole, panel, ReductionKernel<V, T>.Columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackRows(T* from, int pixels, int filters, T* to, nint toStep, nint panelLength)
    {
        int whole = filters / ReductionKernel<V, T>.Rows * ReductionKernel<V, T>.Rows;
        for (int pixel = 0; pixel < pixels; pixel++, from += filters, to += toStep)
        {
            T* panel = to;
            for (int filter = 0; filter < whole; filter += ReductionKernel<V, T>.Rows, panel += panelLength)
            {
                // Of constant size: a few vector moves.
                Unsafe.CopyBlockUnaligned(panel, from + filter, (uint)(ReductionKernel<V, T>.Rows * sizeof(T)));
            }

            if (whole < filters)
            {
                PackRest(from + whole, filters - whole, panel, ReductionKernel<V, T>.Rows);
            }
        }
    }

    static void PackRest(T* from, int count, T* to, int width)
    {
        for (int i = 0; i < width; i++)
        {
            to[i] = i < count ? from[i] : T.Zero;
        }
    }

    static void Clear(int width, int pixels, int channels, T* to, nint toStep, nint panelLength)
    {
        for (int channel = 0; channel < channels; channel += width, to += panelLength)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                new Span<T>(to + (pixel * toStep), width).Clear();
            }
        }
    }
}
