namespace Descent.Tensors.Kernels;

/// <summary>Working memory of chunks: as many buffers as chunks can run at the same time. Which of them a chunk gets does not show in its result.</summary>
sealed unsafe class ChunkBuffers<T> where T : unmanaged
{
    readonly T* memory;
    readonly long length;
    readonly int[] isTaken;

    public ChunkBuffers(Scratch scratch, int threads, long length)
    {
        this.length = NativeBlock.RoundUp(length * sizeof(T)) / sizeof(T);
        isTaken = new int[threads];
        memory = scratch.Take<T>(this.length * isTaken.Length);
    }

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

    public T* Memory(int slot) => memory + (slot * length);
}
