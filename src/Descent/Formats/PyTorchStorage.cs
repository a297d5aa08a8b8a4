using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Descent.Formats;

/// <summary>Numbers of a PyTorch file that several tensors may look at.</summary>
/// <param name="Element">Their type.</param>
/// <param name="Bytes">Their little-endian values.</param>
sealed record PyTorchStorage(PyTorchElement Element, byte[] Bytes)
{
    public int Count => Bytes.Length / Element.Size;
}

/// <summary>A type of numbers in PyTorch's files, and the one that it is read as.</summary>
/// <param name="Storage">The name of PyTorch's class.</param>
/// <param name="Size">Bytes in the file.</param>
/// <param name="ReadAs">Holds every value of the type exactly.</param>
sealed record PyTorchElement(string Storage, int Size, ElementType ReadAs)
{
    static readonly PyTorchElement Half = new("torch.HalfStorage", sizeof(ushort), ElementType.Float32);
    static readonly PyTorchElement BFloat16 = new("torch.BFloat16Storage", sizeof(ushort), ElementType.Float32);

    public static IReadOnlyList<PyTorchElement> All { get; } =
    [
        new("torch.FloatStorage", sizeof(float), ElementType.Float32),
        new("torch.DoubleStorage", sizeof(double), ElementType.Float64),
        new("torch.LongStorage", sizeof(long), ElementType.Int64),
        Half,
        BFloat16,
    ];

    /// <summary>Whether values are widened when they are read.</summary>
    public bool IsNarrow => Size < ReadAs.Size();

    /// <summary>The values of a narrow type, widened.</summary>
    public byte[] Widen(ReadOnlySpan<byte> narrow)
    {
        byte[] bytes = new byte[narrow.Length / Size * ReadAs.Size()];
        var wide = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        for (int i = 0; i < wide.Length; i++)
        {
            ushort bits = BinaryPrimitives.ReadUInt16LittleEndian(narrow[(i * sizeof(ushort))..]);
            // BFloat16 is the upper half of a float.
            wide[i] = this == BFloat16 ? BitConverter.UInt32BitsToSingle((uint)bits << 16) : (float)BitConverter.UInt16BitsToHalf(bits);
        }

        return bytes;
    }
}
