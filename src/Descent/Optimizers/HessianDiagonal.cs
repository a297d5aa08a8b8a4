using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>The diagonal of the Hessian of a step's loss: exact where the source knows it, else Hutchinson's estimate z ⊙ H·z with one random
/// z of ±1.</summary>
/// <remarks>Taken once a step at most, for all rules that ask. z is drawn from (seed, probe, step), so a resumed run draws the same.</remarks>
sealed class HessianDiagonal<T>(OptimizerRun<T> run) : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    Tensor<T>? diagonal, direction;
    long step = -1;

    /// <summary>[count] of the model's parameters; overwritten by the next estimate.</summary>
    public Tensor<T> Values => diagonal ??= arena.Allocate<T>(run.Parameters.Values.Shape);

    public void Estimate()
    {
        if (step == run.Steps)
        {
            return;
        }

        step = run.Steps;
        if (!run.Source.TryHessianDiagonal(Values))
        {
            direction ??= arena.Allocate<T>(run.Parameters.Values.Shape);
            DrawSigns(direction.Span);
            run.MultiplyByHessian(direction, Values);
            TensorPrimitives.Multiply<T>(Values.Span, direction.Span, Values.Span);
        }
    }

    public void Dispose() => arena.Dispose();

    void DrawSigns(Span<T> signs)
    {
        var stream = new RandomStream(run.Seed, StreamPurpose.Probe, (ulong)run.Steps);
        uint bits = 0;
        for (int i = 0; i < signs.Length; i++, bits >>= 1)
        {
            bits = i % 32 == 0 ? stream.NextUInt32() : bits;
            signs[i] = (bits & 1) == 0 ? T.One : T.NegativeOne;
        }
    }
}
