namespace Descent.Tensors.Kernels;

/// <summary>Working memory of chunks: as many buffers as chunks can run at the same time. Which of them a chunk gets does not show in its result.</summary>
sealed unsafe class ChunkBuffers<T> where T : unmanaged
{
    readonly T* memory;
    readonly int[] isTaken;

    public ChunkBuffers(Scratch scratch, int threads, long length)
    {
        Length = NativeBlock.RoundUp(length * sizeof(T)) / sizeof(T);
        isTaken = new int[threads];
        memory = scratch.Take<T>(Length * isTaken.Length);
    }

    /// <summary>Elements of a buffer: what was asked for, rounded up.</summary>
    public long Length { get; }

    public int Take()
    {
        while (true)
        {
            for (int slot = 0; slot < isTaken.Length; slot++)
            {
                if (Interlocked.CompareExchange(ref isTaken[slot], 1, 0) == 0)
                {
                    return slot;
                }
            }
        }
    }

    public void Return(int slot) => Volatile.Write(ref isTaken[slot], 0);

    public T* Memory(int slot) => memory + (slot * Length);
}
