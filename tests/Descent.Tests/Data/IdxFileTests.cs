using Descent.Data;

namespace Descent.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    static readonly byte[] Values = [.. Enumerable.Range(0, 2 * 10 * 12).Select(i => (byte)(i * 7919 >> 3))];
    static readonly byte[] Good = IdxBytes.Of([2, 10, 12], Values);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PlainAndPackedFilesGiveTheSameWhateverTheirNames()
    {
        foreach (byte[] bytes in new[] { Good, IdxBytes.Gzip(Good) })
        {
            var idx = IdxFile.Read(Write(bytes), dimensions: 3);

            Assert.Equal([2, 10, 12], idx.Sizes);
            Assert.Equal(Values, idx.Values);
        }
    }

    [Fact]
    public void EveryCutOfAPlainFileIsRefused()
    {
        for (int length = 0; length < Good.Length; length += length < 20 ? 1 : 7)
        {
            Assert.Contains("is truncated", Refusal(Good[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryCutOfAPackedFileIsRefused()
    {
        byte[] packed = IdxBytes.Gzip(Good);
        for (int length = 0; length < packed.Length; length++)
        {
            string message = Refusal(packed[..length]);
            Assert.True(message.Contains("is truncated", StringComparison.Ordinal) || message.Contains("not an IDX", StringComparison.Ordinal),
                $"cut to {length} of {packed.Length}: {message}");
        }
    }

    [Fact]
    public void EveryFlippedByteOfThePackedDataIsRefused()
    {
        byte[] packed = IdxBytes.Gzip(Good);
        // Bytes 4 to 9 of a gzip file are its time, level and system, which nothing depends on.
        foreach (int at in Enumerable.Range(0, packed.Length).Where(at => at is < 4 or > 9))
        {
            byte[] damaged = [.. packed];
            damaged[at] ^= 0x55;
            Assert.NotEmpty(Refusal(damaged));
        }
    }

    [Fact]
    public void ACorruptPackedFileIsCalledSo()
    {
        byte[] packed = IdxBytes.Gzip(Good);
        packed[packed.Length / 2] ^= 0xFF;

        Assert.Contains("is a corrupt gzip file: it cannot be unpacked beyond byte", Refusal(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void BytesAfterTheEndAreRefused()
    {
        string sentence = "has bytes after the 2 × 10 × 12 = 240 values that its header claims.";
        Assert.EndsWith(sentence, Refusal([.. Good, 0]), StringComparison.Ordinal);
        Assert.EndsWith(sentence, Refusal(IdxBytes.Gzip([.. Good, 0])), StringComparison.Ordinal);
        Assert.Contains("is truncated or has bytes after its end", Refusal([.. IdxBytes.Gzip(Good), 1, 2, 3, 4]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3C68746D", "is not an IDX file: its first bytes are 3C68746D, expected is 00000803.")]
    [InlineData("00000703", "is not an IDX file: its first bytes are 00000703, expected is 00000803.")]
    [InlineData("00000D03", "holds 32-bit floats (IDX type 0D); expected are unsigned bytes (08).")]
    [InlineData("00000801", "has 1 dimensions, expected are 3.")]
    public void AnotherMagicNumberIsRefused(string magic, string sentence) =>
        Assert.EndsWith(sentence, Refusal([.. Convert.FromHexString(magic), .. Good[4..]]), StringComparison.Ordinal);

    [Theory]
    [InlineData(0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, "claims 2147483647 × 2147483647 × 2147483647 values, the file has at most")]
    [InlineData(-1, 10, 12, "claims 4294967295 entries in dimension 0.")]
    [InlineData(1_000_000, 28, 28, "claims 1000000 × 28 × 28 values, the file has at most")]
    public void SizesThatTheFileCannotHoldAreRefusedBeforeAllocating(int a, int b, int c, string sentence)
    {
        byte[] bytes = IdxBytes.Of([a, b, c], new byte[1000]);
        foreach (byte[] file in new[] { bytes, IdxBytes.Gzip(bytes) })
        {
            string path = Write(file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var exception = Assert.Throws<BadInputException>(() => IdxFile.Read(path, dimensions: 3));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Equal($"{folder["none"]} does not exist.",
        Assert.Throws<BadInputException>(() => IdxFile.Read(folder["none"], 3)).Message);

    string Refusal(byte[] bytes)
    {
        string path = Write(bytes);
        string message = Assert.Throws<BadInputException>(() => IdxFile.Read(path, dimensions: 3)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        return message;
    }

    string Write(byte[] bytes)
    {
        string path = folder["idx"];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
