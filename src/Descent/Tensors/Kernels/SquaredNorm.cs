using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Σ x² over a tensor, in double precision from chunk to chunk and in the chunks' order.</summary>
/// <remarks>Made once for a tensor and run every step without an allocation. Inside a chunk the squares are summed lane by lane in the tensor's
/// type over runs of 256 vectors at most, so that a float's rounding stays below 10⁻⁶ of the sum.</remarks>
public sealed unsafe class SquaredNorm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Chunk = 1 << 14;
    const int VectorsPerRun = 256;

    readonly Tensor<T> x;
    readonly double[] partial;
    readonly Work work;

    public SquaredNorm(Tensor<T> x)
    {
        this.x = x;
        partial = new double[(x.Count + Chunk - 1) / Chunk];
        work = new Work(partial.Length, RunChunk);
    }

    public double Run(Executor executor)
    {
        executor.Run(work);
        double sum = 0;
        foreach (double part in partial)
        {
            sum += part;
        }

        return sum;
    }

    void RunChunk(int chunk)
    {
        int start = chunk * Chunk;
        var pass = new Pass(x.Data + start, Math.Min(Chunk, x.Count - start));
        VectorWidth.Run<T, Pass>(ref pass);
        partial[chunk] = pass.Sum;
    }

    struct Pass(T* x, int count) : IVectorAction<T>
    {
        readonly T* x = x;

        public double Sum { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            double sum = 0;
            int i = 0;
            T* lanes = stackalloc T[V.Count];
            while (i <= count - V.Count)
            {
                V squares = default;
                int end = Math.Min(count, i + (VectorsPerRun * V.Count));
                for (; i <= end - V.Count; i += V.Count)
                {
                    V value = V.Load(x + i);
                    squares = V.FusedMultiplyAdd(value, value, squares);
                }

                V.Store(squares, lanes);
                for (int lane = 0; lane < V.Count; lane++)
                {
                    sum += double.CreateTruncating(lanes[lane]);
                }
            }

            for (; i < count; i++)
            {
                double value = double.CreateTruncating(x[i]);
                sum += value * value;
            }

            Sum = sum;
        }
    }
}
