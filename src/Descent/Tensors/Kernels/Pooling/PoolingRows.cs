using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Rows of pixels of all images, cut into chunks by the shape alone.</summary>
static class PoolingRows
{
    const int ElementsPerChunk = 1 << 14;

    /// <summary>Calls <paramref name="run"/> with the image and the row within it, for each row of <paramref name="images"/> [N, H, W, C].</summary>
    public static Work Map(Shape images, Action<int, int> run)
    {
        int height = images[1], rows = images[0] * height;
        int rowsPerChunk = Math.Max(1, ElementsPerChunk / (images[2] * images[3]));
        return new((rows + rowsPerChunk - 1) / rowsPerChunk, chunk =>
        {
            int end = Math.Min(rows, (chunk + 1) * rowsPerChunk);
            for (int row = chunk * rowsPerChunk; row < end; row++)
            {
                run(row / height, row % height);
            }
        });
    }

    /// <summary>Asks for what the next row of windows will read first: <paramref name="stride"/> by <paramref name="stride"/> pixels from <paramref name="first"/>, which may
    /// lie outside the images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void PrefetchBelow<T>(T* first, long rowLength, int stride, int channels) where T : unmanaged
    {
        for (int row = 0; row < stride; row++)
        {
            Prefetch.Run(first + (row * rowLength), stride * channels);
        }
    }
}
