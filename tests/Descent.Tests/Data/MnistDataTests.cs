using Descent.Data;

namespace Descent.Tests.Data;

public sealed class MnistDataTests : IDisposable
{
    readonly MnistFixture mnist = new();

    public void Dispose() => mnist.Dispose();

    [Fact]
    public void ReadsBothPartsFromPlainAndPackedFiles()
    {
        var set = DataCatalog.Find("mnist").Load(mnist.Folder);

        Assert.Equal(30, set.Train.Count);
        Assert.Equal(20, set.Test!.Count);
        Assert.Equal(Enumerable.Repeat((byte)29, 784), set.Train.Image(29).ToArray());
        Assert.Equal(Enumerable.Repeat((byte)119, 784), set.Test.Image(19).ToArray());
        Assert.Equal([0, 1, 2], set.Train.Labels[..3].ToArray());
        Assert.Equal([9, 8, 7], set.Test.Labels[..3].ToArray());
    }

    [Fact]
    public void MissingFilesAreNamedWithTheCommandThatGetsThem()
    {
        File.Delete(mnist.Path(MnistFixture.TrainLabels));
        File.Delete(mnist.Path(MnistFixture.TestImages));

        Assert.Equal($"MNIST not found in {mnist.Folder.Path}: mnist/train-labels-idx1-ubyte.gz, mnist/t10k-images-idx3-ubyte.gz are missing. "
            + "Run: descent data get mnist", Refusal());
    }

    [Fact]
    public void AsManyLabelsAsImagesAreRequired()
    {
        mnist.Write(MnistFixture.TrainLabels, [29], new byte[29]);

        Assert.Equal($"{mnist.Path(MnistFixture.TrainLabels)} has 29 labels, expected are 30, as many as "
            + $"{mnist.Path(MnistFixture.TrainImages)} has images.", Refusal());
    }

    [Fact]
    public void ALabelOutOfRangeIsRefused()
    {
        mnist.Write(MnistFixture.TestLabels, [20], [.. Enumerable.Range(0, 20).Select(i => (byte)(i == 7 ? 10 : 0))]);

        Assert.Equal($"{mnist.Path(MnistFixture.TestLabels)}: label 7 is 10, those of MNIST lie in 0 to 9.", Refusal());
    }

    [Fact]
    public void ImagesOfAnotherSizeAreRefused()
    {
        mnist.Write(MnistFixture.TestImages, [20, 28, 27], new byte[20 * 28 * 27]);

        Assert.Equal($"{mnist.Path(MnistFixture.TestImages)} has images of 28×27, those of MNIST have 28×28.", Refusal());
    }

    [Fact]
    public void AFileWithoutImagesIsRefused()
    {
        mnist.Write(MnistFixture.TestImages, [0, 28, 28], []);

        Assert.Equal($"{mnist.Path(MnistFixture.TestImages)} has no images.", Refusal());
    }

    [Fact]
    public void ImagesAndLabelsInEachOthersPlacesAreRefused()
    {
        File.Copy(mnist.Path(MnistFixture.TestImages), mnist.Path(MnistFixture.TestLabels), overwrite: true);

        Assert.Equal($"{mnist.Path(MnistFixture.TestLabels)} has 3 dimensions, expected are 1.", Refusal());
    }

    [Fact]
    public void ThePublishedFilesHaveThePublishedCountsAndMoments()
    {
        var set = DataCatalog.Find("mnist");
        var folder = DataFolder.Resolve(null);
        Assert.SkipUnless(set.Files.All(file => file.Find(folder) is not null), "MNIST is not in the data folder.");

        var (train, test) = set.Read(folder);
        double[] pixels = [.. train.Pixels.ToArray().Select(pixel => pixel / 255.0)];
        double mean = pixels.Average(), deviation = Math.Sqrt(pixels.Average(pixel => (pixel - mean) * (pixel - mean)));

        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Counts(train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Counts(test!));
        Assert.Equal(0.1307, mean, 4);
        Assert.Equal(0.3081, deviation, 4);
        Assert.All(DataVerification.Verify(set, folder), check => Assert.Equal(DataFileState.Published, check.State));
    }

    static IEnumerable<int> Counts(LabeledImages images) =>
        Enumerable.Range(0, 10).Select(label => images.Labels.ToArray().Count(other => other == label));

    string Refusal() => Assert.Throws<BadInputException>(() => DataCatalog.Find("mnist").Load(mnist.Folder)).Message;
}
