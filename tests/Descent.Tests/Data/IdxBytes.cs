using System.Buffers.Binary;
using System.IO.Compression;

namespace Descent.Tests.Data;

/// <summary>Builds the bytes of IDX files from the published description of the format.</summary>
static class IdxBytes
{
    public static byte[] Of(byte type, int[] sizes, byte[] values)
    {
        byte[] bytes = new byte[4 + (4 * sizes.Length) + values.Length];
        bytes[2] = type;
        bytes[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), sizes[i]);
        }

        values.CopyTo(bytes, 4 + (4 * sizes.Length));
        return bytes;
    }

    public static byte[] Of(int[] sizes, byte[] values) => Of(0x08, sizes, values);

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Gunzip(byte[] packed)
    {
        using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }
}
