using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>One parameter of <see cref="Adafactor"/>: its second moment and its update.</summary>
sealed class AdafactorMatrix<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostBands = 16;

    readonly Adafactor rule;
    readonly StepParameter<T> parameter;
    readonly Tensor<T> update;
    readonly Tensor<T>? mean;
    readonly bool isFactored;
    readonly int rows, columns, rowsPerBand;
    readonly T[][] columnSums = [];
    readonly double[] rowSums = [];
    readonly T[] rowFactors = [], columnFactors = [];
    readonly Work sum, divide, divideEach, move;
    double beta, scale, alpha, length;

    /// <param name="update">Where the update goes.</param>
    public AdafactorMatrix(Adafactor rule, StepParameter<T> parameter, Tensor<T> update)
    {
        (this.rule, this.parameter, this.update) = (rule, parameter, update);
        rows = parameter.Info.Shape.Rank > 1 ? parameter.Rows : 1;
        columns = update.Count / rows;
        isFactored = Math.Min(rows, columns) >= rule.SmallestFactored;
        mean = rule.Beta1 > 0 ? parameter.State("exp_avg") : null;
        rowsPerBand = (rows + MostBands - 1) / MostBands;
        int bands = (rows + rowsPerBand - 1) / rowsPerBand;
        if (isFactored)
        {
            columnSums = [.. Enumerable.Range(0, bands).Select(_ => new T[columns])];
            (rowSums, rowFactors, columnFactors) = (new double[rows], new T[rows], new T[columns]);
        }

        (sum, divide) = (new Work(bands, Sum), new Work(bands, DivideFactored));
        divideEach = new Work(Bands(update.Count), DivideEach);
        move = new Work(Bands(update.Count), Move);
    }

    /// <summary>Takes the gradient into the second moment and divides it by that.</summary>
    public void Divide(Executor executor, double beta, double scale)
    {
        (this.beta, this.scale) = (beta, scale);
        if (!isFactored)
        {
            executor.Run(divideEach);
            return;
        }

        executor.Run(sum);
        Span<T> row = parameter.State("exp_avg_sq_row").Span, column = parameter.State("exp_avg_sq_col").Span;
        double total = 0;
        for (int i = 0; i < rows; i++)
        {
            total += Blend(ref row[i], (scale * scale * rowSums[i] / columns) + rule.Epsilon);
        }

        for (int i = 0; i < rows; i++)
        {
            rowFactors[i] = T.CreateTruncating(scale * Math.Sqrt(total / rows / double.CreateTruncating(row[i])));
        }

        for (int j = 0; j < columns; j++)
        {
            double square = 0;
            foreach (T[] sums in columnSums)
            {
                square += double.CreateTruncating(sums[j]);
            }

            columnFactors[j] = T.CreateTruncating(1 / Math.Sqrt(Blend(ref column[j], (scale * scale * square / rows) + rule.Epsilon)));
        }

        executor.Run(divide);
    }

    /// <summary>Moves the parameter along the update, or along the mean of updates.</summary>
    /// <param name="alpha">The rate that the decay goes by.</param>
    /// <param name="length">What the update is multiplied by.</param>
    public void Move(Executor executor, double alpha, double length)
    {
        (this.alpha, this.length) = (alpha, length);
        executor.Run(move);
    }

    double Blend(ref T moment, double square)
    {
        double blended = (beta * double.CreateTruncating(moment)) + ((1 - beta) * square);
        moment = T.CreateTruncating(blended);
        return blended;
    }

    void Sum(int band)
    {
        T[] sums = columnSums[band];
        Array.Clear(sums);
        for (int i = band * rowsPerBand; i < Math.Min(rows, (band + 1) * rowsPerBand); i++)
        {
            var gradient = parameter.Gradient.Span.Slice(i * columns, columns);
            rowSums[i] = double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(gradient));
            TensorPrimitives.MultiplyAdd(gradient, gradient, sums, sums);
        }
    }

    void DivideFactored(int band)
    {
        for (int i = band * rowsPerBand; i < Math.Min(rows, (band + 1) * rowsPerBand); i++)
        {
            var target = update.Span.Slice(i * columns, columns);
            TensorPrimitives.Multiply(parameter.Gradient.Span.Slice(i * columns, columns), columnFactors, target);
            TensorPrimitives.Multiply(target, rowFactors[i], target);
        }
    }

    void DivideEach(int band)
    {
        var (from, count) = Part(band);
        Span<T> gradient = parameter.Gradient.Span.Slice(from, count), moment = parameter.State("exp_avg_sq").Span.Slice(from, count);
        var target = update.Span.Slice(from, count);
        for (int i = 0; i < count; i++)
        {
            double value = scale * double.CreateTruncating(gradient[i]);
            target[i] = T.CreateTruncating(value / Math.Sqrt(Blend(ref moment[i], (value * value) + rule.Epsilon)));
        }
    }

    void Move(int band)
    {
        var (from, count) = Part(band);
        Span<T> value = parameter.Value.Span.Slice(from, count), change = update.Span.Slice(from, count);
        TensorPrimitives.Multiply(change, T.CreateTruncating(length), change);
        if (mean is not null)
        {
            var gathered = mean.Span.Slice(from, count);
            TensorPrimitives.Multiply(gathered, T.CreateTruncating(rule.Beta1), gathered);
            TensorPrimitives.MultiplyAdd(change, T.CreateTruncating(1 - rule.Beta1), gathered, gathered);
            change = gathered;
        }

        TensorPrimitives.Multiply(value, T.CreateTruncating(1 - (alpha * rule.WeightDecay)), value);
        TensorPrimitives.Subtract(value, change, value);
    }

    static int Bands(int count) => Math.Min(MostBands, (count + 1023) / 1024);

    (int Start, int Count) Part(int band)
    {
        int bands = Bands(update.Count), start = (int)((long)update.Count * band / bands);
        return (start, (int)((long)update.Count * (band + 1) / bands) - start);
    }
}
