namespace Descent.Tensors.Kernels;

/// <summary>Softmax cross-entropy of a batch of logits [n, classes], and its gradient. Rows are cut into chunks by the shape alone.</summary>
public static class CrossEntropy
{
    const int ElementsPerChunk = 1 << 13;

    /// <summary>loss = −1/n·Σ log p[i, labelᵢ], with the probabilities p = softmax of each row, which are stored.</summary>
    /// <remarks>By log-sum-exp: the row's maximum is taken out first, so large logits do not overflow. The mean is summed in double, in the order of the
    /// rows. A row with a NaN or with +∞ gives NaN.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">When run: a label is no class.</exception>
    public static void Record<T>(IRecorder recorder, Tensor<T> logits, Labels labels, Tensor<T> probabilities, Tensor<T> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = recorder.Arena.OpenScratch();
        var forward = new Forward<T>(scratch, logits, labels, probabilities, loss);
        recorder.Run(new Work(Chunks(logits), forward.RunChunk));
        recorder.Run(new Work(1, forward.Finish));
    }

    /// <summary>dx = (p − onehot(label))·dy/n for the scalar dy.</summary>
    public static Work Gradient<T>(Tensor<T> probabilities, Labels labels, Tensor<T> dy, Tensor<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(Chunks(dx), chunk =>
        {
            int classes = dx.Shape[1];
            var (first, end) = Rows(dx, chunk);
            T scale = dy.Item / T.CreateTruncating(dx.Shape[0]);
            TensorPrimitives.Multiply(RowSpan(probabilities, first, end), scale, RowSpan(dx, first, end));
            for (int row = first; row < end; row++)
            {
                int at = (row * classes) + labels.Span[row];
                dx.Span[at] = (probabilities.Span[at] - T.One) * scale;
            }
        });

    static int RowsPerChunk<T>(Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Max(1, ElementsPerChunk / x.Shape[1]);

    static int Chunks<T>(Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (x.Shape[0] + RowsPerChunk(x) - 1) / RowsPerChunk(x);

    static (int First, int End) Rows<T>(Tensor<T> x, int chunk) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (chunk * RowsPerChunk(x), Math.Min(x.Shape[0], (chunk + 1) * RowsPerChunk(x)));

    static Span<T> RowSpan<T>(Tensor<T> x, int first, int end) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        x.Span[(first * x.Shape[1])..(end * x.Shape[1])];

    sealed unsafe class Forward<T>(Scratch scratch, Tensor<T> logits, Labels labels, Tensor<T> probabilities, Tensor<T> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* picked = scratch.Take<T>(logits.Shape[0]);
        readonly T* sums = scratch.Take<T>(logits.Shape[0]);
        readonly double* partialLosses = scratch.Take<double>(Chunks(logits));

        public void RunChunk(int chunk)
        {
            int classes = logits.Shape[1];
            var (first, end) = Rows(logits, chunk);
            Span<T> from = RowSpan(logits, first, end), to = RowSpan(probabilities, first, end);
            for (int row = first, start = 0; row < end; row++, start += classes)
            {
                picked[row] = Shift(from.Slice(start, classes), to.Slice(start, classes), labels.Checked("softmax_cross_entropy", row, classes));
            }

            TensorPrimitives.Exp(to, to);
            for (int row = first, start = 0; row < end; row++, start += classes)
            {
                var p = to.Slice(start, classes);
                sums[row] = TensorPrimitives.Sum<T>(p);
                TensorPrimitives.Divide(p, sums[row], p);
            }

            var logarithms = new Span<T>(sums + first, end - first);
            TensorPrimitives.Log(logarithms, logarithms);
            double total = 0;
            for (int row = first; row < end; row++)
            {
                total += double.CreateTruncating(sums[row] - picked[row]);
            }

            partialLosses[chunk] = total;
        }

        public void Finish(int _)
        {
            double total = 0;
            for (int chunk = 0; chunk < Chunks(logits); chunk++)
            {
                total += partialLosses[chunk];
            }

            loss.Span[0] = T.CreateTruncating(total / logits.Shape[0]);
        }

        /// <summary>y = x less its maximum; the one of the label is returned.</summary>
        static T Shift(ReadOnlySpan<T> x, Span<T> y, int label)
        {
            TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
            return y[label];
        }
    }
}
