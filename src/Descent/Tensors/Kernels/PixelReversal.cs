using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>Mirrors a row of pixels: the last pixel comes first, the channels of each keep their order.</summary>
static class PixelReversal
{
    const int ColourChannels = 3, PixelsPerVector = 5;

    /// <param name="source">Whole pixels.</param>
    /// <param name="destination">As long; must not overlap the source.</param>
    public static void Run(ReadOnlySpan<byte> source, Span<byte> destination, int channels)
    {
        if (source.Length != destination.Length || source.Length % channels != 0)
        {
            throw new ArgumentException($"{source.Length} bytes of {channels} channels do not fill {destination.Length}.", nameof(destination));
        }

        if (channels == 1)
        {
            source.CopyTo(destination);
            destination.Reverse();
        }
        else if (channels == ColourChannels)
        {
            Colours(source, destination);
        }
        else
        {
            Pixels(source, destination, channels, 0, source.Length / channels);
        }
    }

    // A vector holds five pixels and one byte more: read, that byte belongs to the pixel behind them, so the row's last pixel goes alone; written, it is the next
    // pixel's place, which is written later, so the destination's last pixel goes alone too.
    static void Colours(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int count = source.Length / ColourChannels;
        var order = Vector128.Create((byte)12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2, 15);
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int position = Math.Min(1, count);
        Pixels(source, destination, ColourChannels, 0, position);
        for (; position + PixelsPerVector < count; position += PixelsPerVector)
        {
            var pixels = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, ColourChannels * (count - position - PixelsPerVector)));
            Vector128.Shuffle(pixels, order).StoreUnsafe(ref Unsafe.Add(ref to, ColourChannels * position));
        }

        Pixels(source, destination, ColourChannels, position, count);
    }

    static void Pixels(ReadOnlySpan<byte> source, Span<byte> destination, int channels, int begin, int end)
    {
        for (int i = begin; i < end; i++)
        {
            source.Slice(source.Length - ((i + 1) * channels), channels).CopyTo(destination.Slice(i * channels, channels));
        }
    }
}
