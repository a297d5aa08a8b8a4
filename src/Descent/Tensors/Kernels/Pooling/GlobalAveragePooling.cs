namespace Descent.Tensors.Kernels;

/// <summary>Means over all pixels of images [N, H, W, C], and their adjoint; an image is a chunk.</summary>
public static unsafe class GlobalAveragePooling
{
    /// <summary>y [N, C] = the mean over the pixels of each image: rows are summed first, then the sums of the rows, so that a float's rounding grows with
    /// H + W, not with their product.</summary>
    public static void RecordForward<T>(IRecorder recorder, Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, x, y);
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>z [N, H, W, C]: each pixel of an image is dy [N, C] of the image over H·W.</summary>
    public static Work Spread<T>(Tensor<T> dy, Tensor<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = z.Shape[3], pixels = z.Shape[1] * z.Shape[2];
        return new(z.Shape[0], image =>
        {
            var to = z.Span.Slice(image * pixels * channels, pixels * channels);
            TensorPrimitives.Divide(dy.Span.Slice(image * channels, channels), T.CreateTruncating(pixels), to[..channels]);
            for (int pixel = 1; pixel < pixels; pixel++)
            {
                to[..channels].CopyTo(to[(pixel * channels)..]);
            }
        });
    }

    readonly struct Forward<T>(IRecorder recorder, Tensor<T> x, Tensor<T> y) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int images = x.Shape[0], height = x.Shape[1], width = x.Shape[2], channels = x.Shape[3];
            using var scratch = recorder.Arena.OpenScratch();
            T* sums = scratch.Take<T>((long)images * height * channels);
            var (from, to) = (x, y);
            recorder.Run(new Work(images, image =>
            {
                T* rows = sums + ((long)image * height * channels);
                for (int row = 0; row < height; row++)
                {
                    T* first = from.Data + ((((long)image * height) + row) * width * channels);
                    WindowSums<V, T>.Run(first, 1, width, 0, channels, 1, rows + ((long)row * channels));
                }

                WindowSums<V, T>.Run(rows, 1, height, 0, channels, (double)height * width, to.Data + ((long)image * channels));
            }));
        }
    }
}
