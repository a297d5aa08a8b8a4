namespace Descent.Tensors.Kernels;

/// <summary>Which elements dropout keeps in a step: a pure function of the stream's key and of an element's place in the whole batch.</summary>
/// <remarks>The stream is that of (<see cref="StepPosition.Seed"/>, <see cref="StreamPurpose.Dropout"/>, layer·2⁴⁸ + step). The element number e of the whole batch, counted from
/// its first image, has the stream's word number e, and is kept if this word is at least p·2³², rounded. So a batch that is worked on in pieces drops what
/// the whole batch drops, a float's mask is a double's, and nothing is dropped at p = 0.</remarks>
public sealed class DropoutMask(double probability, StepPosition position, int layer)
{
    const int ElementsPerChunk = 1 << 14;
    const int WordsPerBlock = 4;

    /// <summary>The smallest word that keeps its element.</summary>
    public uint Threshold { get; } = (uint)Math.Min(Math.Round(probability * (1L << 32)), uint.MaxValue);

    /// <summary>y = x/(1 − p) where an element is kept, else 0. The first axis of x counts the images.</summary>
    public Work Apply<T>(Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(1 / (1 - probability));
        int perImage = x.Count / x.Shape[0];
        return new((x.Count + ElementsPerChunk - 1) / ElementsPerChunk, chunk =>
        {
            int first = chunk * ElementsPerChunk, end = Math.Min(x.Count, first + ElementsPerChunk);
            long offset = (long)position.FirstImage * perImage;
            ulong index = ((ulong)layer << 48) | (ulong)position.Step;
            Span<uint> words = stackalloc uint[WordsPerBlock];
            Span<T> from = x.Span, to = y.Span;
            long block = -1;
            for (int i = first; i < end; i++)
            {
                long place = offset + i;
                if (place / WordsPerBlock != block)
                {
                    block = place / WordsPerBlock;
                    (words[0], words[1], words[2], words[3]) = ((uint)block, (uint)StreamPurpose.Dropout, (uint)index, (uint)(index >> 32));
                    Philox.Block(words, (uint)position.Seed, (uint)(position.Seed >> 32));
                }

                to[i] = words[(int)(place % WordsPerBlock)] >= Threshold ? from[i] * scale : T.Zero;
            }
        });
    }
}
