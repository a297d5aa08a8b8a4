using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Descent.Studies.Results;

/// <summary>Writes TensorFlow's event files: records of a length, its checksum, a message, and its checksum.</summary>
/// <remarks>The messages are protocol buffers, <c>tensorflow/core/util/event.proto</c>: <c>Event { double wall_time = 1; int64 step = 2; string file_version = 3;
/// Summary summary = 5; }</c>, <c>Summary { repeated Value value = 1; }</c>, <c>Value { string tag = 1; float simple_value = 2; }</c>. Checksums are CRC-32C, turned
/// by 15 bits and moved by a constant, as in <c>tensorflow/core/lib/io/record_writer.cc</c>.</remarks>
sealed class EventWriter(Stream stream)
{
    const byte Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    const uint MaskDelta = 0xA282EAD8;

    public void WriteVersion(double time) => Write(Event(time, 0, 3, Encoding.ASCII.GetBytes("brain.Event:2")));

    /// <param name="time">Seconds since 1970.</param>
    public void WriteScalar(double time, long step, string tag, double value)
    {
        using var scalar = new MemoryStream();
        Field(scalar, 1, Encoding.UTF8.GetBytes(tag));
        Key(scalar, 2, Fixed32);
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        scalar.Write(number);
        using var summary = new MemoryStream();
        Field(summary, 1, scalar.ToArray());
        Write(Event(time, step, 5, summary.ToArray()));
    }

    /// <summary>The checksum as records hold it.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }

    static byte[] Event(double time, long step, int content, byte[] bytes)
    {
        using var message = new MemoryStream();
        Key(message, 1, Fixed64);
        Span<byte> number = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(number, time);
        message.Write(number);
        Key(message, 2, Varint);
        Number(message, (ulong)step);
        Field(message, content, bytes);
        return message.ToArray();
    }

    static void Field(MemoryStream message, int field, byte[] bytes)
    {
        Key(message, field, Bytes);
        Number(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    static void Key(MemoryStream message, int field, byte type) => Number(message, ((ulong)field << 3) | type);

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
    static void Number(MemoryStream message, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }

    void Write(byte[] message)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)], checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Length);
        stream.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedChecksum(length));
        stream.Write(checksum);
        stream.Write(message);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedChecksum(message));
        stream.Write(checksum);
    }
}
