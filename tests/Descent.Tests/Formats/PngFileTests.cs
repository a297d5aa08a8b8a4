using System.Buffers.Binary;
using Descent.Formats;

namespace Descent.Tests.Formats;

/// <summary>Pictures of a formula, written by Pillow and, with every filter of rows, by Workloads/Own/Golden/generate.py.</summary>
public sealed class PngFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("filters-grey", 11, 7, 1)]
    [InlineData("filters-color", 12, 9, 3)]
    [InlineData("grey", 11, 7, 1)]
    [InlineData("color", 12, 9, 3)]
    public void PixelsAreThoseThatWereWritten(string name, int height, int width, int channels)
    {
        var picture = PngFile.Read(Golden($"{name}.png"));
        Assert.Equal((height, width, channels), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal(Formula(height, width, channels), picture.Pixels);
    }

    [Fact]
    public void APaletteBecomesItsColors()
    {
        var picture = PngFile.Read(Golden("palette.png"));
        Assert.Equal((12, 9, 3), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal(NpzFile.Read(Golden("palette.npz"))[0].Bytes.ToArray(), picture.Pixels);
    }

    [Fact]
    public void WhatIsWrittenHereIsReadBack()
    {
        byte[] pixels = Formula(5, 4, 3);
        File.WriteAllBytes(folder["own.png"], PngImage.Encode(4, 5, 3, pixels));
        Assert.Equal(pixels, PngFile.Read(folder["own.png"]).Pixels);
    }

    /// <summary>Random bytes in every other depth and kind; what Pillow makes of them, alpha and transparent colours left out.</summary>
    [Theory]
    [InlineData("grey-1", 1)]
    [InlineData("grey-2", 1)]
    [InlineData("grey-4", 1)]
    [InlineData("grey-16", 1)]
    [InlineData("grey-alpha-8", 1)]
    [InlineData("grey-alpha-16", 1)]
    [InlineData("color-16", 3)]
    [InlineData("color-alpha-8", 3)]
    [InlineData("color-alpha-16", 3)]
    [InlineData("palette-1", 3)]
    [InlineData("palette-2", 3)]
    [InlineData("palette-4", 3)]
    [InlineData("palette-8", 3)]
    public void OtherKindsAreReadAsPillowReadsThem(string name, int channels)
    {
        var picture = PngFile.Read(Golden($"{name}.png"));
        Assert.Equal((5, 11, channels), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal(NpzFile.Read(Golden("kinds.npz")).Single(array => array.Name == name).Bytes.ToArray(), picture.Pixels);
    }

    [Theory]
    [InlineData("grey-2", 11, 13, 1)]
    [InlineData("grey-8", 8, 8, 1)]
    [InlineData("color-8", 9, 12, 3)]
    [InlineData("color-16", 5, 11, 3)]
    [InlineData("palette-4", 7, 5, 3)]
    [InlineData("color-alpha-8", 10, 3, 3)]
    [InlineData("thin-8", 1, 4, 3)]
    [InlineData("pixel-8", 1, 1, 3)]
    public void InterlacedPicturesAreReadAsPillowReadsThem(string name, int height, int width, int channels)
    {
        var picture = PngFile.Read(Golden($"interlaced-{name}.png"));
        Assert.Equal((height, width, channels), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal(NpzFile.Read(Golden("interlaced.npz")).Single(array => array.Name == $"interlaced-{name}").Bytes.ToArray(), picture.Pixels);
    }

    [Theory]
    [InlineData(12, 1, "its pixels end too early.")]
    [InlineData(12, 2, "its header is damaged.")]
    [InlineData(9, 7, "its header is damaged.")]
    [InlineData(8, 5, "its header is damaged.")]
    [InlineData(10, 1, "its header is damaged.")]
    [InlineData(0, 0x70, "it says 1879048199×11 pixels and has not so many.")]
    [InlineData(7, 12, "its pixels end too early.")]
    public void AnotherHeaderIsRefused(int place, byte value, string reason) => Refused(file =>
    {
        file[16 + place] = value;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Append(0, file.AsSpan(12, 17)));
    }, reason);

    /// <summary>Sixty-four thousand damages went by before the library that unpacks gave up in this way of its own.</summary>
    [Fact]
    public void PixelsThatCannotBeUnpackedAreRefused()
    {
        File.WriteAllBytes(folder["damaged.png"], Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAkAAAAMCAIAAAA/PgD0AAAAFHRFWHRDb21tZW50AGV2ZXJ5IGZpbHRlcjY7hYQAAAAoSURBVHj5QnfJp502KL/j2PE2jL8uK/lCd8mnnT"
            + "Yov+PY8TaIUb7lpRwGOHzsUiCHAAAA2ElEQVT4MJBkkpeX19HRsbS0dHNz+/HjBysrq5CQEESQ2a5Q2cjICCj35MkTt2NuHz9+VFVV/ffvH1CQBaLk3qt7QH2vXr1KSEgA"
            + "kq/+/AEKMsxmSH0btP2J57rbDkt1J31X6Xwn3fBUqPxOykk9xl3yLfHx8SwYACgIcsvFixfv3bv3+vVrZLcABZl77AqBlq/R0QG7aKe9/X6gxR8LQS4Cu0UbAtwuXLgA1w"
            + "fkM5jNZsi74bGMu6D5he9uhdYZf5MumM5aK1T+1Gs9IzCQXF1dgc5GJiEMABRkgGVY3vMPAAAAAElFTkSuQmCC"));
        string message = Assert.Throws<BadInputException>(() => PngFile.Read(folder["damaged.png"])).Message;
        Assert.StartsWith($"{folder["damaged.png"]} is not a PNG file that can be read: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamageIsRefused()
    {
        Refused(file => file[0] = 1, "it does not begin as one.");
        Refused(file => file[20]++, "a checksum differs.");
        Refused(file => file[8] = 0x7F, "it is cut.");
    }

    void Refused(Action<byte[]> damage, string reason)
    {
        byte[] file = File.ReadAllBytes(Golden("grey.png"));
        damage(file);
        File.WriteAllBytes(folder["damaged.png"], file);
        string message = Assert.Throws<BadInputException>(() => PngFile.Read(folder["damaged.png"])).Message;
        Assert.Equal($"{folder["damaged.png"]} is not a PNG file that can be read: {reason}", message);
    }

    static byte[] Formula(int height, int width, int channels) =>
    [
        .. from y in Enumerable.Range(0, height)
           from x in Enumerable.Range(0, width)
           from c in Enumerable.Range(0, channels)
           select (byte)((31 * y) + (17 * x) + (101 * c) + (13 * (x * y % 7))),
    ];

    static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Workloads/Own/Golden", name);
}
