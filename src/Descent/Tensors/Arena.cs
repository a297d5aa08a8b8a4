namespace Descent.Tensors;

/// <summary>Memory that is taken piece by piece and given back all at once, so that a training step allocates nothing.</summary>
/// <remarks>There are two kinds. <em>Lasting</em> memory is zeroed when it is taken and nobody else writes it before the reset: inputs, parameters, constants, tables.
/// <em>Transient</em> memory is for what a recorded step writes anew, before reading it, in every replay: the outputs of ops and their scratch memory. It may be
/// released while the step is recorded, and then what is recorded later lies on the same place.
/// Pieces are native and aligned to 64 bytes. The page faults of fresh memory cost more than the arithmetic done on it: keep an arena for the whole life
/// of a model. Not thread-safe; one arena belongs to one tape.</remarks>
public sealed unsafe class Arena : IDisposable
{
    const long SmallestBlock = 1 << 20;

    readonly List<NativeBlock> blocks = [];
    readonly TransientMemory transient = new();
    int current;
    long used, lastingReserved;

    ~Arena() => Free();

    public bool IsDisposed { get; private set; }

    /// <summary>Bytes taken from the system since the arena was made. Constant once a step has run: a test watches it.</summary>
    public long ReservedBytes => lastingReserved + transient.ReservedBytes;

    /// <summary>Bytes handed out and not released since the last reset, alignment included.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>The most bytes that were in use at a time.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>False where released memory is never used again: the reference for a test that its reuse changes no bit.</summary>
    internal bool IsReusing { get; set; } = true;

    /// <summary>A new zeroed tensor on lasting memory.</summary>
    public Tensor<T> Allocate<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(this, (T*)Take((long)shape.Count * sizeof(T)), shape);
        tensor.Span.Clear();
        return tensor;
    }

    /// <summary>New labels, all of class 0, on lasting memory.</summary>
    public Labels AllocateLabels(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var labels = new Labels(this, (int*)Take((long)count * sizeof(int)), count);
        labels.Span.Clear();
        return labels;
    }

    /// <summary>A new tensor on transient memory, whose content is undefined.</summary>
    internal Tensor<T> AllocateTransient<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(this, (T*)TakeTransient((long)shape.Count * sizeof(T)), shape, isTransient: true);

    /// <summary>Gives the transient memory of a tensor back, which must not be used any more, nor its views.</summary>
    internal void Release<T>(Tensor<T> tensor) where T : unmanaged, IBinaryFloatingPointIeee754<T> => ReleaseTransient(tensor.Data);

    /// <summary>Memory for one op, given back when it is disposed.</summary>
    internal Scratch OpenScratch() => new(this);

    /// <summary>Lasting room for <paramref name="count"/> elements; its content is undefined.</summary>
    internal T* AllocateRaw<T>(long count) where T : unmanaged => (T*)Take(count * sizeof(T));

    internal byte* TakeTransient(long bytes)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        long size = NativeBlock.RoundUp(bytes);
        Count(size);
        return transient.Take(size);
    }

    internal void ReleaseTransient(void* memory)
    {
        if (IsReusing)
        {
            Count(-transient.Release(memory));
        }
    }

    /// <summary>Overwrites all transient memory. A recorded step must not notice.</summary>
    internal void PoisonTransient() => transient.Poison();

    /// <summary>Takes everything back at once; the memory stays reserved. Tensors handed out before must not be used again.</summary>
    public void Reset()
    {
        transient.Reset();
        current = 0;
        used = 0;
        UsedBytes = 0;
        PeakBytes = 0;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    byte* Take(long bytes)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        long size = NativeBlock.RoundUp(bytes);
        while (current < blocks.Count && used + size > blocks[current].Bytes)
        {
            current++;
            used = 0;
        }

        if (current == blocks.Count)
        {
            var block = NativeBlock.Reserve(Math.Max(size, Math.Max(SmallestBlock, lastingReserved / 2)));
            blocks.Add(block);
            lastingReserved += block.Bytes;
        }

        byte* start = blocks[current].Start + used;
        used += size;
        Count(size);
        return start;
    }

    void Count(long bytes)
    {
        UsedBytes += bytes;
        PeakBytes = Math.Max(PeakBytes, UsedBytes);
    }

    void Free()
    {
        if (IsDisposed)
        {
            return;
        }

        IsDisposed = true;
        transient.Free();
        foreach (var block in blocks)
        {
            block.Free();
        }
    }
}
