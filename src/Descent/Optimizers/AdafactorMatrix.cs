namespace Descent.Optimizers;

/// <summary>A parameter of <see cref="Adafactor"/> whose second moment is kept as row and column means, in bands of rows.</summary>
/// <remarks>The update is nowhere kept: what is not in the caches any more costs more to fetch than to compute again.</remarks>
sealed class AdafactorMatrix<T> : IAdafactorPart<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostBands = 16, LeastBand = 1 << 14;

    readonly StepParameter<T> parameter;
    readonly int rows, columns, rowsPerBand;
    readonly T[][] columnSums;
    readonly double[] rowSums, rowFactors;
    readonly T[] columnFactors;

    public AdafactorMatrix(StepParameter<T> parameter)
    {
        (this.parameter, rows, columns) = (parameter, parameter.Rows, parameter.Columns);
        rowsPerBand = Math.Max((rows + MostBands - 1) / MostBands, (LeastBand + columns - 1) / columns);
        Bands = (rows + rowsPerBand - 1) / rowsPerBand;
        columnSums = [.. Enumerable.Range(0, Bands).Select(_ => new T[columns])];
        (rowSums, rowFactors, columnFactors) = (new double[rows], new double[rows], new T[columns]);
    }

    public StepParameter<T> Parameter => parameter;

    public int Bands { get; }

    public (int Start, int Count) Band(int band)
    {
        int first = band * rowsPerBand;
        return (first * columns, (Math.Min(rows, first + rowsPerBand) - first) * columns);
    }

    public void Gather(int band, AdafactorMoment moment)
    {
        T[] sums = columnSums[band];
        Array.Clear(sums);
        for (int row = band * rowsPerBand; row < Math.Min(rows, (band + 1) * rowsPerBand); row++)
        {
            var gradient = parameter.Gradient.Span.Slice(row * columns, columns);
            rowSums[row] = double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(gradient));
            TensorPrimitives.MultiplyAdd(gradient, gradient, sums, sums);
        }
    }

    public void Factor(AdafactorMoment moment)
    {
        var row = parameter.State("exp_avg_sq_row").Span;
        double square = moment.Scale * moment.Scale, total = 0;
        for (int i = 0; i < rows; i++)
        {
            double mean = (moment.Beta * double.CreateTruncating(row[i])) + ((1 - moment.Beta) * ((square * rowSums[i] / columns) + moment.Epsilon));
            row[i] = T.CreateTruncating(mean);
            total += mean;
        }

        for (int i = 0; i < rows; i++)
        {
            rowFactors[i] = moment.Scale * Math.Sqrt(total / rows / double.CreateTruncating(row[i]));
        }

        var column = parameter.State("exp_avg_sq_col").Span;
        T[] sums = columnSums[0];
        for (int band = 1; band < Bands; band++)
        {
            TensorPrimitives.Add(sums, columnSums[band], sums);
        }

        TensorPrimitives.Multiply(sums, T.CreateTruncating(square / rows), sums);
        TensorPrimitives.Add(sums, T.CreateTruncating(moment.Epsilon), sums);
        TensorPrimitives.Multiply(sums, T.CreateTruncating(1 - moment.Beta), sums);
        TensorPrimitives.MultiplyAdd(column, T.CreateTruncating(moment.Beta), sums, column);
        TensorPrimitives.Sqrt<T>(column, columnFactors);
        TensorPrimitives.Divide(T.One, columnFactors, columnFactors);
    }

    public void Update(int start, Span<T> update, double factor)
    {
        for (int done = 0; done < update.Length;)
        {
            var (row, column) = Math.DivRem(start + done, columns);
            int count = Math.Min(update.Length - done, columns - column);
            var part = update.Slice(done, count);
            TensorPrimitives.Multiply(parameter.Gradient.Span.Slice(start + done, count), columnFactors.AsSpan(column, count), part);
            TensorPrimitives.Multiply(part, T.CreateTruncating(factor * rowFactors[row]), part);
            done += count;
        }
    }
}
