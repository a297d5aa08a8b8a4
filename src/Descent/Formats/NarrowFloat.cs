using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Descent.Formats;

/// <summary>Numbers of 16 bits, little-endian, that files of weights may hold; read as float32, which has every value of them.</summary>
sealed class NarrowFloat
{
    /// <summary>IEEE binary16: safetensors <c>F16</c>, PyTorch's <c>HalfStorage</c>, NumPy's <c>&lt;f2</c>.</summary>
    public static readonly NarrowFloat Half = new(bits => (float)BitConverter.UInt16BitsToHalf(bits));

    /// <summary>The upper half of a float32: safetensors <c>BF16</c>, PyTorch's <c>BFloat16Storage</c>.</summary>
    public static readonly NarrowFloat BFloat16 = new(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    readonly Func<ushort, float> widened;

    NarrowFloat(Func<ushort, float> widened) => this.widened = widened;

    /// <summary>Bytes of one number in the file.</summary>
    public static int Size => sizeof(ushort);

    /// <summary>The values as bytes of float32.</summary>
    public byte[] Widen(ReadOnlySpan<byte> narrow)
    {
        byte[] bytes = new byte[narrow.Length / Size * sizeof(float)];
        var wide = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = widened(BinaryPrimitives.ReadUInt16LittleEndian(narrow[(i * Size)..]));
        }

        return bytes;
    }
}
