using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>From each output back to the tap that it chose. Gathered pixel by pixel of the input, so that chunks write disjoint memory and sums have one order.</summary>
sealed unsafe class MaxUnpooling<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly PoolingGeometry geometry;
    readonly Tensor<T> dy, z;
    readonly TapChoice taps;

    public MaxUnpooling(PoolingGeometry geometry, Tensor<T> dy, TapChoice taps, Tensor<T> z)
    {
        (this.geometry, this.dy, this.taps, this.z) = (geometry, dy, taps, z);
        Work = PoolingRows.Map(z.Shape, RunRow);
    }

    public Work Work { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunRow(int image, int row)
    {
        var g = geometry;
        int channels = g.Channels;
        var (firstRow, endRow) = g.Windows(row, g.OutputHeight);
        for (int column = 0; column < g.Width; column++)
        {
            var (firstColumn, endColumn) = g.Windows(column, g.OutputWidth);
            T* to = z.Data + ((((((long)image * g.Height) + row) * g.Width) + column) * channels);
            int c = 0;
            for (; c <= channels - V.Count; c += V.Count)
            {
                V.Store(Gather<V>(image, row, column, c, firstRow, endRow, firstColumn, endColumn), to + c);
            }

            for (; c < channels; c++)
            {
                SingleLane<T>.Store(Gather<SingleLane<T>>(image, row, column, c, firstRow, endRow, firstColumn, endColumn), to + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    U Gather<U>(int image, int row, int column, int channel, int firstRow, int endRow, int firstColumn, int endColumn) where U : struct, IVector<U, T>
    {
        int size = geometry.Size, stride = geometry.Stride, width = geometry.OutputWidth;
        U sum = U.Broadcast(0.0);
        for (int y = firstRow; y < endRow; y++)
        {
            int tapRow = row + geometry.Padding - (y * stride);
            for (int x = firstColumn; x < endColumn; x++)
            {
                int tap = (tapRow * size) + column + geometry.Padding - (x * stride) + 1;
                long at = ((((((long)image * geometry.OutputHeight) + y) * width) + x) * geometry.Channels) + channel;
                sum += U.WhereSameByte(U.LoadBytes(taps.Data + at), U.BroadcastByte((byte)tap), U.Load(dy.Data + at));
            }
        }

        return sum;
    }
}
