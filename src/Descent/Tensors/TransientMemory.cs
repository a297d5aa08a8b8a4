namespace Descent.Tensors;

/// <summary>Memory that is taken and given back piece by piece while a step is recorded. The smallest free range that is large enough is taken; neighbouring
/// free ranges become one.</summary>
/// <remarks>Every replay of the step runs the same work in the same order, so the pieces' lives follow one another there as they did while it was recorded.</remarks>
sealed unsafe class TransientMemory
{
    const long SmallestBlock = 1 << 20, LargestGrowth = 1 << 25;

    readonly List<NativeBlock> blocks = [];
    readonly Dictionary<nint, long> taken = [];

    // Sorted by address. A few hundred at most: looked through one by one, while recording alone.
    readonly List<(nint Start, long Bytes)> free = [];

    public long ReservedBytes { get; private set; }

    public byte* Take(long bytes)
    {
        int best = -1;
        for (int i = 0; i < free.Count; i++)
        {
            if (free[i].Bytes >= bytes && (best < 0 || free[i].Bytes < free[best].Bytes))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            var block = NativeBlock.Reserve(Math.Max(bytes, Math.Clamp(ReservedBytes / 2, SmallestBlock, LargestGrowth)));
            blocks.Add(block);
            ReservedBytes += block.Bytes;
            best = Insert((nint)block.Start, block.Bytes);
        }

        var (start, length) = free[best];
        if (length == bytes)
        {
            free.RemoveAt(best);
        }
        else
        {
            free[best] = (start + (nint)bytes, length - bytes);
        }

        taken.Add(start, bytes);
        return (byte*)start;
    }

    /// <summary>Gives back what <see cref="Take"/> returned; returns its bytes.</summary>
    public long Release(void* memory)
    {
        if (!taken.Remove((nint)memory, out long bytes))
        {
            throw new InvalidOperationException("Memory was released that is not transient, or was released twice.");
        }

        int at = Insert((nint)memory, bytes);
        if (at + 1 < free.Count && free[at].Start + free[at].Bytes == free[at + 1].Start)
        {
            free[at] = (free[at].Start, free[at].Bytes + free[at + 1].Bytes);
            free.RemoveAt(at + 1);
        }

        if (at > 0 && free[at - 1].Start + free[at - 1].Bytes == free[at].Start)
        {
            free[at - 1] = (free[at - 1].Start, free[at - 1].Bytes + free[at].Bytes);
            free.RemoveAt(at);
        }

        return bytes;
    }

    /// <summary>Everything is free again.</summary>
    public void Reset()
    {
        taken.Clear();
        free.Clear();
        foreach (var block in blocks)
        {
            _ = Insert((nint)block.Start, block.Bytes);
        }
    }

    /// <summary>Sets every bit of the memory, so that a float or double that is read before it is written is NaN.</summary>
    public void Poison()
    {
        foreach (var block in blocks)
        {
            for (long start = 0; start < block.Bytes; start += int.MaxValue)
            {
                new Span<byte>(block.Start + start, (int)Math.Min(int.MaxValue, block.Bytes - start)).Fill(0xFF);
            }
        }
    }

    public void Free()
    {
        foreach (var block in blocks)
        {
            block.Free();
        }
    }

    int Insert(nint start, long bytes)
    {
        int at = 0;
        while (at < free.Count && free[at].Start < start)
        {
            at++;
        }

        free.Insert(at, (start, bytes));
        return at;
    }
}
