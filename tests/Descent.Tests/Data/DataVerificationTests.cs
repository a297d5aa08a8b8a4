using System.IO.Compression;
using Descent.Data;

namespace Descent.Tests.Data;

public sealed class DataVerificationTests : IDisposable
{
    readonly MnistFixture mnist = new();

    public void Dispose() => mnist.Dispose();

    [Fact]
    public void OtherValuesInThePublishedLayoutAreAWarning()
    {
        mnist.Write(MnistFixture.TestImages, [10_000, 28, 28], new byte[7_840_000]);
        mnist.Write(MnistFixture.TestLabels, [10_000], new byte[10_000]);

        var checks = DataVerification.Verify(DataCatalog.Find("mnist"), mnist.Folder).ToList();

        Assert.Equal([DataFileState.Damaged, DataFileState.Damaged, DataFileState.Different, DataFileState.Different],
            checks.Select(check => check.State));
        Assert.Equal($"{mnist.Path(MnistFixture.TrainLabels)} has 30 labels, expected are 60000.", checks[1].Message);
        Assert.StartsWith($"{mnist.Path(MnistFixture.TestImages)} has the published layout but other values", checks[2].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelOutOfRangeIsDamage()
    {
        mnist.Write(MnistFixture.TestLabels, [10_000], [.. Enumerable.Repeat((byte)10, 10_000)]);

        var check = DataVerification.Verify(DataCatalog.Find("mnist"), mnist.Folder).Last();

        Assert.Equal(DataFileState.Damaged, check.State);
    }

    [Fact]
    public void TheContentCountsHoweverItWasPacked()
    {
        byte[] content = IdxBytes.Of([3], [1, 2, 3]);
        var file = DataFile.Packed("mnist/x.gz", [], 0, FileDigest.Md5(""), FileDigest.Sha256(Sha256(content)), path => throw new BadInputException("layout"));
        var folder = mnist.Folder;

        File.WriteAllBytes(mnist.Path("x.gz"), IdxBytes.Gzip(content));
        Assert.Equal(DataFileState.Published, DataVerification.Verify(file, folder).State);

        using (var gzip = new GZipStream(File.Create(mnist.Path("x.gz")), CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        Assert.Equal(DataFileState.Published, DataVerification.Verify(file, folder).State);

        File.WriteAllBytes(mnist.Path("x"), content);
        var plain = DataVerification.Verify(file, folder);
        Assert.Equal((DataFileState.Published, mnist.Path("x")), (plain.State, plain.Path));
    }

    [Fact]
    public void AMissingFileIsSaidToBeMissing()
    {
        File.Delete(mnist.Path(MnistFixture.TestLabels));

        var check = DataVerification.Verify(DataCatalog.Find("mnist"), mnist.Folder).Last();

        Assert.Equal((DataFileState.Missing, $"{mnist.Path(MnistFixture.TestLabels)} is missing."), (check.State, check.Message));
    }

    [Fact]
    public void ACorruptFileIsDamaged()
    {
        byte[] bytes = File.ReadAllBytes(mnist.Path(MnistFixture.TestLabels));
        bytes[15] ^= 0xFF;
        File.WriteAllBytes(mnist.Path(MnistFixture.TestLabels), bytes);

        var check = DataVerification.Verify(DataCatalog.Find("mnist"), mnist.Folder).Last();

        Assert.Equal(DataFileState.Damaged, check.State);
        Assert.Contains("corrupt gzip", check.Message, StringComparison.Ordinal);
    }

    static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
