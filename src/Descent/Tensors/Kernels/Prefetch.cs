using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Descent.Tensors.Kernels;

/// <summary>Asks for memory that will be read soon, where the processor takes such wishes: else nothing happens.</summary>
static unsafe class Prefetch
{
    const int LineBytes = 64;

    /// <summary>For a span of a few kilobytes at an unforeseeable place: waiting for it would take longer than working on it.</summary>
    public static void Run(ReadOnlySpan<byte> bytes)
    {
        if (Sse.IsSupported)
        {
            fixed (byte* start = bytes)
            {
                for (int i = 0; i < bytes.Length; i += LineBytes)
                {
                    Sse.Prefetch0(start + i);
                }
            }
        }
    }

    /// <summary>For a row of pixels further on: the processor's own prefetching follows one stream of memory well, and loses the rows of a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T* start, int count) where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < count; i += LineBytes / sizeof(T))
            {
                Sse.Prefetch0(start + i);
            }
        }
    }

    /// <summary>For the line at which each of some pixels has a channel: those of the next tile while this one is worked on, since the pixels of a tile lie in many places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(T** pixels, int count, int channel) where T : unmanaged
    {
        if (Sse.IsSupported && channel * sizeof(T) % LineBytes == 0)
        {
            for (int i = 0; i < count; i++)
            {
                Sse.Prefetch0(pixels[i] + channel);
            }
        }
    }
}
