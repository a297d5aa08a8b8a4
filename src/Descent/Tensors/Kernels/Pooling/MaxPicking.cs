using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>What lies at the tap that each output chose.</summary>
sealed unsafe class MaxPicking<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> x, z;
    readonly TapChoice taps;

    public MaxPicking(PoolingGeometry geometry, Tensor<T> x, TapChoice taps, Tensor<T> z)
    {
        (this.geometry, this.x, this.taps, this.z) = (geometry, x, taps, z);
        Work = PoolingRows.Map(z.Shape, RunRow);
    }

    public Work Work { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunRow(int image, int row)
    {
        var g = geometry;
        int channels = g.Channels;
        long top = ((long)row * g.Stride) - g.Padding;
        for (int column = 0; column < g.OutputWidth; column++)
        {
            long left = ((long)column * g.Stride) - g.Padding;
            long to = (((((long)image * g.OutputHeight) + row) * g.OutputWidth) + column) * channels;
            for (int c = 0; c < channels; c++)
            {
                int tap = taps.Data[to + c] - 1;
                long from = (((((long)image * g.Height) + top + (tap / g.Size)) * g.Width) + left + (tap % g.Size)) * channels;
                z.Data[to + c] = tap < 0 ? T.Zero : x.Data[from + c];
            }
        }
    }
}
