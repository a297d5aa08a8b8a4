namespace Descent.Tensors;

/// <summary>Random numbers keyed by (seed, purpose, index): the same key gives the same numbers, whatever was drawn elsewhere before.</summary>
/// <remarks>Key of Philox: the seed's two words. Counter: the index (64 bits), the purpose (32 bits), the block within the stream (32 bits,
/// so a stream holds 2³⁴ words). A value type: a copy continues on its own.</remarks>
public struct RandomStream
{
    readonly ulong seed;
    readonly ulong index;
    readonly StreamPurpose purpose;
    ulong drawn;
    UInt128 words;
    double? spare;

    public RandomStream(ulong seed, StreamPurpose purpose, ulong index)
    {
        this.seed = seed;
        this.purpose = purpose;
        this.index = index;
    }

    /// <summary>Uniform over all 32-bit words.</summary>
    public uint NextUInt32()
    {
        if ((drawn & 3) == 0)
        {
            DrawBlock();
        }

        uint word = (uint)(words >> (32 * (int)(drawn & 3)));
        drawn++;
        return word;
    }

    /// <summary>Goes on as if so many words had been drawn; of a pair of normal numbers the other half is dropped.</summary>
    public void Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        drawn += (ulong)count;
        spare = null;
        if ((drawn & 3) != 0)
        {
            DrawBlock();
        }
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32() >> 5, low = NextUInt32() >> 6;
        return ((high << 26) | low) * (1.0 / (1ul << 53));
    }

    /// <summary>Normal with mean 0 and variance 1, by Box and Muller's transform; every second call uses the pair's other half.</summary>
    public double NextNormal()
    {
        if (spare is { } stored)
        {
            spare = null;
            return stored;
        }

        // 1 − u lies in (0, 1], so that the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        double angle = 2 * Math.PI * NextDouble();
        spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>Uniform in 0 … <paramref name="exclusiveUpper"/> − 1, without bias (Lemire, 2019).</summary>
    public int NextInt32(int exclusiveUpper)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveUpper);
        uint range = (uint)exclusiveUpper;
        uint threshold = (uint)(-range) % range;
        while (true)
        {
            ulong product = (ulong)NextUInt32() * range;
            if ((uint)product >= threshold)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <summary>Fisher and Yates's shuffle: every order is equally likely.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    void DrawBlock()
    {
        Span<uint> counter = [(uint)(drawn >> 2), (uint)purpose, (uint)index, (uint)(index >> 32)];
        Philox.Block(counter, (uint)seed, (uint)(seed >> 32));
        words = new UInt128(((ulong)counter[3] << 32) | counter[2], ((ulong)counter[1] << 32) | counter[0]);
    }
}
