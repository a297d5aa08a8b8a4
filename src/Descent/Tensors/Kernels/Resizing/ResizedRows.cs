using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Each pixel gathers its taps, all channels side by side.</summary>
sealed unsafe class ResizedRows<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly AxisMap<T> rows, columns;
    readonly Tensor<T> x, y;
    readonly int channels;

    public ResizedRows(AxisMap<T> rows, AxisMap<T> columns, Tensor<T> x, Tensor<T> y)
    {
        (this.rows, this.columns, this.x, this.y, channels) = (rows, columns, x, y, x.Shape[3]);
        Work = PoolingRows.Map(y.Shape, RunRow);
    }

    public Work Work { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunRow(int image, int row)
    {
        int count = channels;
        long rowLength = (long)columns.Inputs * count;
        T* from = x.Data + (image * rows.Inputs * rowLength);
        T* to = y.Data + ((((long)image * rows.Outputs) + row) * columns.Outputs * count);
        T* end = to + ((long)columns.Outputs * count);
        fixed (int* rowFrom = rows.From, columnStarts = columns.Starts, columnFrom = columns.From)
        fixed (T* rowWeights = rows.Weights, columnWeights = columns.Weights)
        {
            int top = rows.Starts[row], bottom = rows.Starts[row + 1];
            for (int column = 0; column < columns.Outputs; column++, to += count)
            {
                int left = columnStarts[column], right = columnStarts[column + 1];
                int c = 0;
                // What a vector writes behind the pixel's channels is written again with the next pixel; the row's end must not be passed. What it reads behind the images is memory.
                for (; c < count && to + c + V.Count <= end; c += V.Count)
                {
                    V sum = V.Broadcast(0.0);
                    for (int i = top; i < bottom; i++)
                    {
                        T* line = from + (rowFrom[i] * rowLength) + c;
                        V part = V.Broadcast(0.0);
                        for (int j = left; j < right; j++)
                        {
                            part = V.FusedMultiplyAdd(V.Load(line + ((long)columnFrom[j] * count)), V.Broadcast(columnWeights[j]), part);
                        }

                        sum = V.FusedMultiplyAdd(part, V.Broadcast(rowWeights[i]), sum);
                    }

                    V.Store(sum, to + c);
                }

                for (; c < count; c++)
                {
                    T sum = T.Zero;
                    for (int i = top; i < bottom; i++)
                    {
                        T* line = from + (rowFrom[i] * rowLength) + c;
                        T part = T.Zero;
                        for (int j = left; j < right; j++)
                        {
                            part = T.FusedMultiplyAdd(line[(long)columnFrom[j] * count], columnWeights[j], part);
                        }

                        sum = T.FusedMultiplyAdd(part, rowWeights[i], sum);
                    }

                    to[c] = sum;
                }
            }
        }
    }
}
