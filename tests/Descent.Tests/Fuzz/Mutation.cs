using System.Buffers.Binary;
using Descent.Tensors;

namespace Descent.Tests.Fuzz;

/// <summary>Damages bytes in the ways that files are damaged and that hostile files are made: a pure function of a number.</summary>
static class Mutation
{
    const int MostChanges = 4;

    /// <summary>Sizes and counts that readers go wrong at.</summary>
    static readonly long[] telling = [0, 1, -1, 127, 128, 255, 256, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, 1L << 60, long.MaxValue, long.MinValue];

    /// <summary>A copy of <paramref name="original"/> with one to four changes.</summary>
    /// <param name="other">Bytes of the same kind, of which pieces are taken.</param>
    public static byte[] Of(byte[] original, byte[] other, ulong number)
    {
        var stream = new RandomStream(number, StreamPurpose.Noise, 0);
        byte[] bytes = [.. original];
        for (int change = stream.NextInt32(MostChanges); change >= 0; change--)
        {
            bytes = bytes.Length == 0 ? [.. other] : Change(bytes, other, ref stream);
        }

        return bytes;
    }

    static byte[] Change(byte[] bytes, byte[] other, ref RandomStream stream)
    {
        int at = stream.NextInt32(bytes.Length), length = Math.Min(1 + stream.NextInt32(16), bytes.Length - at);
        switch (stream.NextInt32(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << stream.NextInt32(8));
                return bytes;
            case 1:
                bytes[at] = (byte)stream.NextUInt32();
                return bytes;
            case 2 or 3:
                return WithNumber(bytes, at, telling[stream.NextInt32(telling.Length)], ref stream);
            case 4:
                return WithNumber(bytes, at, bytes.Length + stream.NextInt32(65) - 32, ref stream);
            case 5:
                return bytes[..at];
            case 6:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 7:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 8:
                return [.. bytes[..at], .. Enumerable.Repeat((byte)stream.NextUInt32(), length), .. bytes[at..]];
            default:
                int from = stream.NextInt32(other.Length);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + length)], .. bytes[(at + length)..]];
        }
    }

    /// <summary>Writes a number of one to eight bytes, in either byte order.</summary>
    static byte[] WithNumber(byte[] bytes, int at, long number, ref RandomStream stream)
    {
        Span<byte> whole = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(whole, number);
        int length = Math.Min(1 << stream.NextInt32(4), bytes.Length - at);
        var part = whole[..length];
        if (stream.NextInt32(2) == 0)
        {
            part.Reverse();
        }

        part.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
