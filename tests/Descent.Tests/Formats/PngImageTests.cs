using System.Buffers.Binary;
using System.IO.Compression;
using Descent.Formats;

namespace Descent.Tests.Formats;

public class PngImageTests
{
    /// <summary>Made once by Pillow's sibling in the standard library: <c>zlib.crc32(b"IEND") == 0xae426082</c>; every PNG ends in these twelve bytes.</summary>
    static readonly byte[] end = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(2, 4, 3)]
    public void ThePixelsAreReadBack(int width, int height, int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(37 * i))];
        byte[] png = PngImage.Encode(width, height, channels, pixels);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal(end, png[^12..]);
        Assert.Equal((width, height, 8, channels == 1 ? 0 : 2), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[24], png[25]));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT"u8.ToArray(), png[37..41]);
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress))
        {
            packed.CopyTo(rows);
        }

        Assert.Equal(pixels.Chunk(width * channels).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }

    [Fact]
    public void OtherSizesAreAFaultOfTheCaller() =>
        Assert.Equal("pixels", Assert.Throws<ArgumentException>(() => PngImage.Encode(2, 2, 2, new byte[8])).ParamName);
}
