using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>A parameter of <see cref="Adafactor"/> whose second moment is as long as itself.</summary>
sealed class AdafactorVector<T>(StepParameter<T> parameter) : IAdafactorPart<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int BandLength = 1 << 15, PieceLength = 1 << 10;

    readonly Tensor<T> moments = parameter.State("exp_avg_sq");
    double scale;

    public StepParameter<T> Parameter => parameter;

    public int Bands => (parameter.Value.Count + BandLength - 1) / BandLength;

    public (int Start, int Count) Band(int band) => (band * BandLength, Math.Min(BandLength, parameter.Value.Count - (band * BandLength)));

    public void Gather(int band, AdafactorMoment moment)
    {
        Span<T> piece = stackalloc T[PieceLength];
        var (start, rest) = Band(band);
        for (int count; rest > 0; start += count, rest -= count)
        {
            count = Math.Min(PieceLength, rest);
            Span<T> squares = piece[..count], kept = moments.Span.Slice(start, count);
            TensorPrimitives.Multiply(parameter.Gradient.Span.Slice(start, count), T.CreateTruncating(moment.Scale), squares);
            TensorPrimitives.Multiply<T>(squares, squares, squares);
            TensorPrimitives.Add(squares, T.CreateTruncating(moment.Epsilon), squares);
            TensorPrimitives.Multiply(squares, T.CreateTruncating(1 - moment.Beta), squares);
            TensorPrimitives.MultiplyAdd(kept, T.CreateTruncating(moment.Beta), squares, kept);
        }
    }

    public void Factor(AdafactorMoment moment) => scale = moment.Scale;

    public void Update(int start, Span<T> update, double factor)
    {
        TensorPrimitives.Sqrt<T>(moments.Span.Slice(start, update.Length), update);
        TensorPrimitives.Divide(parameter.Gradient.Span.Slice(start, update.Length), update, update);
        TensorPrimitives.Multiply(update, T.CreateTruncating(factor * scale), update);
    }
}
