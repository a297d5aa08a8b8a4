using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Descent.Formats;

/// <summary>Writes pixels as PNG, the format of ISO/IEC 15948: 8 bits a channel, grey or red-green-blue, without filters or interlacing.</summary>
public static class PngImage
{
    const byte Bits = 8, Grey = 0, Color = 2;

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">[height, width, channels].</param>
    /// <exception cref="ArgumentException">The pixels are not as many, or the channels are neither.</exception>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        if (channels is not (1 or 3) || width < 1 || height < 1 || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"{width}×{height} pixels of {channels} channels do not take {pixels.Length} values.", nameof(pixels));
        }

        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (Bits, channels == 1 ? Grey : Color);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Packed(pixels, width * channels));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>Each row begins with the number of its filter, 0 for none.</summary>
    static byte[] Packed(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int start = 0; start < pixels.Length; start += rowLength)
            {
                zip.WriteByte(0);
                zip.Write(pixels.Slice(start, rowLength));
            }
        }

        return packed.ToArray();
    }

    static void WriteChunk(MemoryStream png, string type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] name = Encoding.ASCII.GetBytes(type);
        png.Write(name);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, name), content));
        png.Write(number);
    }
}
