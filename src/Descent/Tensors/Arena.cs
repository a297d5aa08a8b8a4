using System.Runtime.InteropServices;

namespace Descent.Tensors;

/// <summary>Memory that is taken piece by piece and given back all at once, so that a training step allocates nothing.</summary>
/// <remarks>Blocks are native, aligned to 64 bytes and zeroed when they are first taken. The page faults of fresh memory cost
/// more than the arithmetic done on it: keep an arena for the whole life of a model. Not thread-safe; one arena belongs to one tape.</remarks>
public sealed unsafe class Arena : IDisposable
{
    const int Alignment = 64;
    const long SmallestBlock = 1 << 20;

    // A kernel may load whole vectors where only some lanes count: the last tensor of a block must have readable memory behind it.
    const int Slack = 256;

    readonly List<Block> blocks = [];
    int current;
    long used;

    ~Arena() => Free();

    public bool IsDisposed { get; private set; }

    /// <summary>Bytes taken from the system since the arena was made. Constant once a step has run: a test watches it.</summary>
    public long ReservedBytes { get; private set; }

    /// <summary>Bytes handed out since the last reset, alignment included.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>A new zeroed tensor.</summary>
    public Tensor<T> Allocate<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(this, (T*)Take((long)shape.Count * sizeof(T)), shape);
        tensor.Span.Clear();
        return tensor;
    }

    /// <summary>New labels, all of class 0.</summary>
    public Labels AllocateLabels(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var labels = new Labels(this, (int*)Take((long)count * sizeof(int)), count);
        labels.Span.Clear();
        return labels;
    }

    /// <summary>Room for <paramref name="count"/> elements; its content is undefined.</summary>
    internal T* AllocateRaw<T>(long count) where T : unmanaged => (T*)Take(count * sizeof(T));

    /// <summary>Takes everything back at once; the memory stays reserved. Tensors handed out before must not be used again.</summary>
    public void Reset()
    {
        current = 0;
        used = 0;
        UsedBytes = 0;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    byte* Take(long bytes)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        long size = (bytes + Alignment - 1) / Alignment * Alignment;
        while (current < blocks.Count && used + size > blocks[current].Bytes)
        {
            current++;
            used = 0;
        }

        if (current == blocks.Count)
        {
            Reserve(Math.Max(size, Math.Max(SmallestBlock, ReservedBytes / 2)));
        }

        byte* start = blocks[current].Start + used;
        used += size;
        UsedBytes += size;
        return start;
    }

    void Reserve(long bytes)
    {
        var start = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + Slack), Alignment);
        NativeMemory.Clear(start, (nuint)(bytes + Slack));
        blocks.Add(new Block(start, bytes));
        ReservedBytes += bytes;
        GC.AddMemoryPressure(bytes);
    }

    void Free()
    {
        if (IsDisposed)
        {
            return;
        }

        IsDisposed = true;
        foreach (var block in blocks)
        {
            NativeMemory.AlignedFree(block.Start);
            GC.RemoveMemoryPressure(block.Bytes);
        }
    }

    readonly struct Block(byte* start, long bytes)
    {
        public byte* Start { get; } = start;

        public long Bytes { get; } = bytes;
    }
}
