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
}
