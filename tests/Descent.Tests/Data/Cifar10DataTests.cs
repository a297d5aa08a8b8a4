using Descent.Data;

namespace Descent.Tests.Data;

public sealed class Cifar10DataTests : IDisposable
{
    const string Folder = "cifar-10-batches-bin/";

    readonly Cifar10Fixture cifar = new();

    public void Dispose() => cifar.Dispose();

    [Fact]
    public void TheBinaryFilesAreRead()
    {
        cifar.WriteBinaryFolder();

        RequireImagesOfTheFormula();
    }

    [Fact]
    public void TheBinaryArchiveIsReadInAnyOrder()
    {
        cifar.WriteBinaryArchive([(Folder + "readme.html", [1]), .. Members().Reverse()]);

        RequireImagesOfTheFormula();
    }

    // Written by NumPy and Python's pickler, one batch stored by columns.
    [Fact]
    public void ThePythonArchiveIsRead()
    {
        cifar.WritePythonArchive();

        RequireImagesOfTheFormula();
    }

    [Fact]
    public void ClassesHaveTheirPublishedNames() =>
        Assert.Equal("airplane automobile bird cat deer dog frog horse ship truck", string.Join(' ', DataCatalog.Find("cifar10").ClassNames));

    [Fact]
    public void WithoutFilesTheCommandThatGetsThemIsSaid() =>
        Assert.Equal($"CIFAR-10 not found in {cifar.Folder.Path}: cifar-10-binary.tar.gz is missing. Run: descent data get cifar10", Refusal());

    [Fact]
    public void AMissingBatchIsNamed()
    {
        cifar.WriteBinaryFolder();
        File.Delete(cifar[Folder + "data_batch_4.bin"]);

        Assert.Equal($"{cifar[Folder + "data_batch_4.bin"]} does not exist.", Refusal());
    }

    [Fact]
    public void AMissingMemberIsNamed()
    {
        cifar.WriteBinaryArchive([.. Members().Where(member => !member.Name.EndsWith("5.bin", StringComparison.Ordinal))]);

        Assert.Equal($"{cifar["cifar-10-binary.tar.gz"]} has no member {Folder}data_batch_5.bin.", Refusal());
    }

    [Fact]
    public void ALabelOutOfRangeIsRefused()
    {
        cifar.WriteBinaryFolder();
        byte[] bytes = Cifar10Fixture.Records(3);
        bytes[2 * 3073] = 10;
        File.WriteAllBytes(cifar[Folder + "data_batch_3.bin"], bytes);

        Assert.Equal($"{cifar[Folder + "data_batch_3.bin"]} has the label 10 at image 2; labels lie in 0 to 9.", Refusal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3072)]
    [InlineData(3073 * 10_001)]
    public void AFileOfAnotherLengthIsRefused(int length)
    {
        cifar.WriteBinaryFolder();
        File.WriteAllBytes(cifar[Folder + "test_batch.bin"], new byte[length]);

        Assert.Equal($"{cifar[Folder + "test_batch.bin"]} has {length} bytes; expected are 1 to 10000 records of 3073 (published: 10000).", Refusal());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2000)]
    [InlineData(3400)]
    public void ACutArchiveIsRefused(int length)
    {
        cifar.WritePythonArchive();
        byte[] bytes = File.ReadAllBytes(cifar["cifar-10-python.tar.gz"]);
        File.WriteAllBytes(cifar["cifar-10-python.tar.gz"], bytes[..length]);

        Assert.StartsWith($"{cifar["cifar-10-python.tar.gz"]} ", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACorruptHeaderIsRefused()
    {
        cifar.WriteBinaryArchive([.. Members()]);
        byte[] bytes = IdxBytes.Gunzip(File.ReadAllBytes(cifar["cifar-10-binary.tar.gz"]));
        bytes[124] = (byte)'7';
        WritePacked(bytes);

        Assert.Equal($"{cifar["cifar-10-binary.tar.gz"]} is a cut or corrupt tar.gz archive.", Refusal());
    }

    // An extended header of 1.9 GB that is not there: nothing may be allocated for it.
    [Theory]
    [InlineData('x')]
    [InlineData('L')]
    [InlineData('0')]
    public void AClaimedLengthIsNotAllocated(char type)
    {
        byte[] header = new byte[512];
        "cifar-10-batches-bin/test_batch.bin"u8.CopyTo(header);
        "16000000000"u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)type;
        int sum = header.Sum(value => value) + (8 * ' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8)).CopyTo(header, 148);
        WritePacked(header);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith($"{cifar["cifar-10-binary.tar.gz"]} is ", Refusal(), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void OtherValuesInThePublishedLayoutAreAWarning()
    {
        cifar.WriteBinaryFolder(count: 10_000);

        var check = Assert.Single(DataVerification.Verify(DataCatalog.Find("cifar10"), cifar.Folder));

        Assert.Equal((DataFileState.Different, cifar["cifar-10-batches-bin"]), (check.State, check.Path));
    }

    [Fact]
    public void FewerImagesThanPublishedAreDamage()
    {
        cifar.WriteBinaryFolder();

        var check = Assert.Single(DataVerification.Verify(DataCatalog.Find("cifar10"), cifar.Folder));

        Assert.Equal((DataFileState.Damaged, $"{cifar["cifar-10-batches-bin"]}: data_batch_1 has 3 images, expected are 10000."),
            (check.State, check.Message));
    }

    [Theory]
    [InlineData(0, 50_000)]
    [InlineData(10_000, 40_000)]
    [InlineData(1_000, 49_000)]
    public void TheUsualSplitsHaveEachClassAlike(int validation, int train)
    {
        byte[] labels = [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i % 10))];
        var images = new LabeledImages(new ImageShape(1, 1, 1), new byte[50_000], labels, 10);
        var split = DataSplit.Draw(new DataSet(DataCatalog.Find("cifar10"), images, new LabeledImages(images.Shape, new byte[10_000], labels[..10_000], 10)), splitSeed: 0, validation);

        Assert.Equal((train, validation, 10_000), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.All(Enumerable.Range(0, 10), label =>
            Assert.Equal(validation / 10, split.Validation.Indices.ToArray().Count(index => labels[index] == label)));
        Assert.Equal(1000, DataSelection.Parse("test:0-999").From(split).Count);
    }

    static IEnumerable<(string Name, byte[] Content)> Members() =>
        Cifar10Fixture.Batches.Select((name, i) => ($"{Folder}{name}.bin", Cifar10Fixture.Records(i + 1)));

    void WritePacked(byte[] bytes) => File.WriteAllBytes(cifar["cifar-10-binary.tar.gz"], IdxBytes.Gzip(bytes));

    void RequireImagesOfTheFormula()
    {
        var set = DataCatalog.Find("cifar10").Load(cifar.Folder);
        Assert.Equal((15, 3), (set.Train.Count, set.Test!.Count));
        for (int i = 0; i < 18; i++)
        {
            var (images, index) = i < 15 ? (set.Train, i) : (set.Test, i - 15);
            Assert.Equal(Cifar10Fixture.Label((i / 3) + 1, i % 3), images.Labels[index]);
            Assert.Equal(Enumerable.Range(0, 3072).Select(j => Cifar10Fixture.Value((i / 3) + 1, i % 3, j / 96, j / 3 % 32, j % 3)),
                images.Image(index).ToArray());
        }
    }

    string Refusal() => Assert.Throws<BadInputException>(() => DataCatalog.Find("cifar10").Load(cifar.Folder)).Message;
}
