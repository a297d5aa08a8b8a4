using System.Runtime.InteropServices;

namespace Descent.Tensors;

/// <summary>A piece of memory from the system, aligned to 64 bytes. What it holds at first is undefined; pages that nobody writes cost nothing.
/// Large blocks lie on large pages where the system has them.</summary>
readonly unsafe struct NativeBlock
{
    public const int Alignment = 64;

    // A kernel may load whole vectors where only some lanes count: the last tensor of a block must have readable memory behind it.
    const int Slack = 256;

    NativeBlock(byte* start, long bytes)
    {
        Start = start;
        Bytes = bytes;
    }

    public byte* Start { get; }

    public long Bytes { get; }

    public static NativeBlock Reserve(long bytes)
    {
        bool isLarge = bytes >= 2 * LargePages.Bytes;
        var start = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + Slack), (nuint)((nuint)(isLarge ? LargePages.Bytes : Alignment)));
        if (isLarge)
        {
            LargePages.Wish(start, bytes / LargePages.Bytes * LargePages.Bytes);
        }

        NativeMemory.Clear(start + bytes, Slack);
        GC.AddMemoryPressure(bytes);
        return new NativeBlock(start, bytes);
    }

    public void Free()
    {
        NativeMemory.AlignedFree(Start);
        GC.RemoveMemoryPressure(Bytes);
    }

    /// <summary>Bytes of a piece, at least one, rounded up so that the next one is aligned too.</summary>
    public static long RoundUp(long bytes) => (Math.Max(1, bytes) + Alignment - 1) / Alignment * Alignment;
}
