using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Which elements dropout keeps in a step: a pure function of the stream's key and of an element's place in the whole batch.</summary>
/// <remarks>The stream is that of (<see cref="StepPosition.Seed"/>, <see cref="StreamPurpose.Dropout"/>, layer·2⁴⁸ + step). The element number e of the whole batch, counted from
/// its first image, has the stream's word number e, and is kept if this word is at least p·2³², rounded. So a batch that is worked on in pieces drops what
/// the whole batch drops, a float's mask is a double's, and nothing is dropped at p = 0.</remarks>
public sealed unsafe class DropoutMask(double probability, StepPosition position, int layer)
{
    const int ElementsPerChunk = 1 << 14;
    const int ElementsPerPiece = 1 << 10;
    const int WordsPerBlock = 4;

    /// <summary>The smallest word that keeps its element.</summary>
    public uint Threshold { get; } = (uint)Math.Min(Math.Round(probability * (1L << 32)), uint.MaxValue);

    /// <summary>y = x/(1 − p) where an element is kept, else 0. The first axis of x counts the images.</summary>
    public Work Apply<T>(Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(1 / (1 - probability));
        long perImage = x.Count / x.Shape[0];
        return new((x.Count + ElementsPerChunk - 1) / ElementsPerChunk, chunk =>
        {
            byte* kept = stackalloc byte[ElementsPerPiece + WordsPerBlock + KeptElements.Slack];
            ulong index = ((ulong)layer << 48) | (ulong)position.Step;
            int end = Math.Min(x.Count, (chunk + 1) * ElementsPerChunk);
            for (int first = chunk * ElementsPerChunk; first < end; first += ElementsPerPiece)
            {
                int count = Math.Min(ElementsPerPiece, end - first);
                long place = (position.FirstImage * perImage) + first;
                int skipped = (int)(place % WordsPerBlock), blocks = (skipped + count + WordsPerBlock - 1) / WordsPerBlock;
                Prefetch.Run(x.Data + first, count);
                Prefetch.Run(y.Data + first, count);
                KeptElements.Fill(position.Seed, index, (uint)(place / WordsPerBlock), blocks, Threshold, kept);
                var pass = new Pass<T>(x.Data + first, y.Data + first, kept + skipped, count, scale);
                VectorWidth.Run<T, Pass<T>>(ref pass);
            }
        });
    }

    readonly struct Pass<T>(T* x, T* y, byte* kept, int count, T scale) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* x = x, y = y;
        readonly byte* kept = kept;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            int i = 0;
            for (; i <= count - V.Count; i += V.Count)
            {
                Apply<V>(i);
            }

            for (; i < count; i++)
            {
                Apply<SingleLane<T>>(i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Apply<V>(int i) where V : struct, IVector<V, T> =>
            V.Store(V.WhereSameByte(V.LoadBytes(kept + i), V.BroadcastByte(1), V.Load(x + i) * V.Broadcast(scale)), y + i);
    }
}
