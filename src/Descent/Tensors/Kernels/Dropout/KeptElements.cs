using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Compares the words of a random stream with a threshold, many at a time.</summary>
static unsafe class KeptElements
{
    const int WordsPerBlock = 4;
    const int Rounds = 10;

    // The constants of Philox 4×32-10, see Philox.
    const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>Bytes that may be written behind the last one asked for.</summary>
    public const int Slack = 64;

    /// <summary>For the words of <paramref name="blocks"/> blocks of the stream from block <paramref name="first"/>: 1 where a word is at least <paramref name="threshold"/>, else 0.</summary>
    public static void Fill(ulong seed, ulong index, uint first, int blocks, uint threshold, byte* kept)
    {
        if (PhiloxLanes512.IsSupported)
        {
            Fill<PhiloxLanes512>(seed, index, first, blocks, threshold, kept);
        }
        else if (PhiloxLanes256.IsSupported)
        {
            Fill<PhiloxLanes256>(seed, index, first, blocks, threshold, kept);
        }
        else
        {
            FillOneByOne(seed, index, first, blocks, threshold, kept);
        }
    }

    internal static void FillOneByOne(ulong seed, ulong index, uint first, int blocks, uint threshold, byte* kept)
    {
        Span<uint> words = stackalloc uint[WordsPerBlock];
        for (int block = 0; block < blocks; block++)
        {
            (words[0], words[1], words[2], words[3]) = (first + (uint)block, (uint)StreamPurpose.Dropout, (uint)index, (uint)(index >> 32));
            Philox.Block(words, (uint)seed, (uint)(seed >> 32));
            foreach (uint word in words)
            {
                *kept++ = word >= threshold ? (byte)1 : (byte)0;
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill<W>(ulong seed, ulong index, uint first, int blocks, uint threshold, byte* kept) where W : unmanaged, IPhiloxLanes<W>
    {
        W* keys = stackalloc W[2 * Rounds];
        for (uint round = 0; round < Rounds; round++)
        {
            keys[2 * round] = W.Broadcast((uint)seed + (round * Weyl0));
            keys[(2 * round) + 1] = W.Broadcast((uint)(seed >> 32) + (round * Weyl1));
        }

        W multiplier0 = W.Broadcast(Multiplier0), multiplier1 = W.Broadcast(Multiplier1);
        W purpose = W.Broadcast((uint)StreamPurpose.Dropout), low = W.Broadcast((uint)index), high = W.Broadcast((uint)(index >> 32));
        for (int block = 0; block < blocks; block += 2 * W.Blocks)
        {
            // Two sets of blocks side by side, because each round waits for the products of the one before.
            W a0 = W.Counters(first + (uint)block), a1 = purpose, a2 = low, a3 = high;
            W b0 = W.Counters(first + (uint)(block + W.Blocks)), b1 = purpose, b2 = low, b3 = high;
            for (W* key = keys; key < keys + (2 * Rounds); key += 4)
            {
                // Two rounds, so that no word has to change its register.
                W a = W.Multiply(a0, multiplier0), b = W.Multiply(b0, multiplier0);
                W c = W.Multiply(a2, multiplier1), d = W.Multiply(b2, multiplier1);
                a0 = W.Xor(W.High(c), a1, key[0]);
                b0 = W.Xor(W.High(d), b1, key[0]);
                a2 = W.Xor(W.High(a), a3, key[1]);
                b2 = W.Xor(W.High(b), b3, key[1]);
                a3 = W.Multiply(a0, multiplier0);
                b3 = W.Multiply(b0, multiplier0);
                a1 = W.Multiply(a2, multiplier1);
                b1 = W.Multiply(b2, multiplier1);
                a0 = W.Xor(W.High(a1), c, key[2]);
                b0 = W.Xor(W.High(b1), d, key[2]);
                a2 = W.Xor(W.High(a3), a, key[3]);
                b2 = W.Xor(W.High(b3), b, key[3]);
            }

            W.StoreKept(a0, a1, a2, a3, threshold, kept + (WordsPerBlock * (long)block));
            W.StoreKept(b0, b1, b2, b3, threshold, kept + (WordsPerBlock * (long)(block + W.Blocks)));
        }
    }
}
