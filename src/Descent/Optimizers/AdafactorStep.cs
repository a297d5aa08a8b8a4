using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The arithmetic of a step of <see cref="Adafactor"/>: four regions over the bands of all parameters.</summary>
/// <remarks>Three passes over the gradients and two over the parameters. Sums are added band by band, in double: results have the same bits for any number of
/// threads.</remarks>
sealed class AdafactorStep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Short enough that float's rounding within a piece stays below that of the elements themselves, and that a piece stays in the first-level cache.
    const int PieceLength = 1 << 10;

    readonly Adafactor rule;
    readonly Executor executor;
    readonly IAdafactorPart<T>[] parts;
    readonly Tensor<T>[] means;
    readonly (int Part, int Band)[] bands;
    readonly double[] squares, updateSquares, alphas, lengths;
    readonly Work gather, factor, measure, move;
    AdafactorMoment moment;

    public AdafactorStep(Adafactor rule, IReadOnlyList<StepParameter<T>> parameters, Executor executor)
    {
        (this.rule, this.executor) = (rule, executor);
        parts = [.. parameters.Select(x => rule.IsFactored(x.Info) ? (IAdafactorPart<T>)new AdafactorMatrix<T>(x) : new AdafactorVector<T>(x))];
        means = rule.Beta1 > 0 ? [.. parameters.Select(x => x.State("exp_avg"))] : [];
        bands = [.. parts.SelectMany((part, i) => Enumerable.Range(0, part.Bands).Select(band => (i, band)))];
        (squares, updateSquares) = (new double[bands.Length], new double[bands.Length]);
        (alphas, lengths) = (new double[parts.Length], new double[parts.Length]);
        (gather, measure, move) = (new Work(bands.Length, Gather), new Work(bands.Length, Measure), new Work(bands.Length, Move));
        factor = new Work(parts.Length, i => parts[i].Factor(moment));
    }

    public void Run(double beta, double rate, double gradientScale)
    {
        moment = new AdafactorMoment(beta, gradientScale, rule.Epsilon);
        executor.Run(gather);
        executor.Run(factor);
        executor.Run(measure);
        Array.Clear(alphas);
        Array.Clear(lengths);
        for (int i = 0; i < bands.Length; i++)
        {
            alphas[bands[i].Part] += squares[i];
            lengths[bands[i].Part] += updateSquares[i];
        }

        for (int i = 0; i < parts.Length; i++)
        {
            int count = parts[i].Parameter.Value.Count;
            double alpha = rule.ScaleParameter ? rate * Math.Max(rule.EpsilonScale, Math.Sqrt(alphas[i] / count)) : rate;
            (alphas[i], lengths[i]) = (alpha, alpha / Math.Max(1, Math.Sqrt(lengths[i] / count) / rule.ClipThreshold));
        }

        executor.Run(move);
    }

    void Gather(int index)
    {
        var (i, band) = bands[index];
        parts[i].Gather(band, moment);
    }

    void Measure(int index)
    {
        var (i, band) = bands[index];
        Span<T> piece = stackalloc T[PieceLength];
        var (start, rest) = parts[i].Band(band);
        double square = 0, updateSquare = 0;
        for (int count; rest > 0; start += count, rest -= count)
        {
            count = Math.Min(PieceLength, rest);
            var update = piece[..count];
            parts[i].Update(start, update, 1);
            updateSquare += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(update));
            square += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(parts[i].Parameter.Value.Span.Slice(start, count)));
        }

        (squares[index], updateSquares[index]) = (square, updateSquare);
    }

    void Move(int index)
    {
        var (i, band) = bands[index];
        var parameter = parts[i].Parameter;
        T keep = T.CreateTruncating(1 - (alphas[i] * rule.WeightDecay));
        Span<T> piece = stackalloc T[PieceLength];
        var (start, rest) = parts[i].Band(band);
        for (int count; rest > 0; start += count, rest -= count)
        {
            count = Math.Min(PieceLength, rest);
            Span<T> change = piece[..count], value = parameter.Value.Span.Slice(start, count);
            parts[i].Update(start, change, lengths[i]);
            if (rule.Beta1 > 0)
            {
                var mean = means[i].Span.Slice(start, count);
                TensorPrimitives.Multiply(mean, T.CreateTruncating(rule.Beta1), mean);
                TensorPrimitives.MultiplyAdd(change, T.CreateTruncating(1 - rule.Beta1), mean, mean);
                mean.CopyTo(change);
            }

            if (keep != T.One)
            {
                TensorPrimitives.Multiply(value, keep, value);
            }

            TensorPrimitives.Subtract(value, change, value);
        }
    }
}
