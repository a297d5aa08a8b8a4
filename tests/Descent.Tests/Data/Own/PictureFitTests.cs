using System.Globalization;
using Descent.Data;
using Descent.Data.Own;
using Descent.Formats;
using Descent.Tests.Architecture;

namespace Descent.Tests.Data.Own;

public sealed class PictureFitTests
{
    public static TheoryData<string> Rows => [.. File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Descent.Tests", "Data", "Golden", "fitted.tsv"))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryByteIsPillows(string row)
    {
        string[] parts = row.Split('\t');
        int[] n = [.. parts.Take(5).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        byte[] pixels = [.. Enumerable.Range(0, n[0] * n[1] * n[2]).Select(i => (byte)((37 * i) + (i / 5 * 11)))];

        var fitted = PictureFit.Fit(new PngPicture(n[1], n[0], n[2], pixels), new ImageSides(n[3], n[4]));

        Assert.Equal((n[4], n[3], n[2]), (fitted.Width, fitted.Height, fitted.Channels));
        Assert.Equal(parts[5], Convert.ToHexStringLower(fitted.Pixels));
    }

    /// <summary>A picture that a small file can claim: only what is seen of it takes memory.</summary>
    [Fact]
    public void OfALongPictureTheMiddleIsKept()
    {
        byte[] pixels = new byte[3_000_000];
        pixels.AsSpan(1_499_990, 20).Fill(200);
        var fitted = PictureFit.Fit(new PngPicture(1, 3_000_000, 1, pixels), new ImageSides(1024, 1024));
        Assert.All(fitted.Pixels, pixel => Assert.Equal(200, pixel));
    }
}
