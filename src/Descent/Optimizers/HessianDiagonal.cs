using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The diagonal of the Hessian of a step's loss: exact where the source knows it, else Hutchinson's estimate z ⊙ H·z with one random
/// z of ±1.</summary>
/// <remarks>Taken once a step at most, for all rules that ask. z is drawn from (seed, probe, step), so a resumed run draws the same.</remarks>
sealed class HessianDiagonal<T>(OptimizerRun<T> run) : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    Tensor<T>? diagonal;
    Estimation? estimation;
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
            estimation ??= new Estimation(Values, arena.Allocate<T>(run.Parameters.Values.Shape));
            estimation.Run(run);
        }
    }

    public void Dispose() => arena.Dispose();

    sealed class Estimation
    {
        // Bits are drawn by the word, so chunks are whole words.
        const int Chunk = 1 << 14, WordBits = 32, ByteBits = 8;

        static readonly T[] signsOfBytes =
            [.. Enumerable.Range(0, 1 << ByteBits).SelectMany(x => Enumerable.Range(0, ByteBits).Select(bit => (x >> bit & 1) == 0 ? T.One : T.NegativeOne))];

        readonly Tensor<T> diagonal, direction;
        readonly Work draw, multiply;
        RandomStream stream;

        public Estimation(Tensor<T> diagonal, Tensor<T> direction)
        {
            (this.diagonal, this.direction) = (diagonal, direction);
            draw = new Work((direction.Count + Chunk - 1) / Chunk, Draw);
            multiply = Elementwise.Map(diagonal, direction, diagonal, TensorPrimitives.Multiply);
        }

        public void Run(OptimizerRun<T> run)
        {
            stream = new RandomStream(run.Seed, StreamPurpose.Probe, (ulong)run.Steps);
            run.Executor.Run(draw);
            run.MultiplyByHessian(direction, diagonal);
            run.Executor.Run(multiply);
        }

        void Draw(int chunk)
        {
            var signs = direction.Span.Slice(chunk * Chunk, Math.Min(Chunk, direction.Count - (chunk * Chunk)));
            var own = stream;
            own.Skip(chunk * (Chunk / WordBits));
            for (int word = 0; word < signs.Length; word += WordBits)
            {
                uint bits = own.NextUInt32();
                for (int start = word; start < Math.Min(word + WordBits, signs.Length); start += ByteBits, bits >>= ByteBits)
                {
                    signsOfBytes.AsSpan((int)(bits & 0xff) * ByteBits, Math.Min(ByteBits, signs.Length - start)).CopyTo(signs[start..]);
                }
            }
        }
    }
}
