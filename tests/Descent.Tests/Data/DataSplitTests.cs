using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Data;

namespace Descent.Tests.Data;

public class DataSplitTests
{
    static readonly DataSet Digits = DataCatalog.Find("digits").Load(new DataFolder("/nowhere"));

    [Fact]
    public void TheDigitsAreDrawnIntoTrainAndTestByClass()
    {
        var split = DataSplit.Draw(Digits, splitSeed: 7);

        Assert.Equal((1437, 0, 360), (split.Train.Count, split.Validation.Count, split.Test.Count));
        for (int label = 0; label < 10; label++)
        {
            double share = Count(Digits.Train.Labels, label) * 360.0 / 1797;
            Assert.InRange(CountIn(split.Test, label), Math.Floor(share), Math.Ceiling(share));
        }
    }

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(1UL, 200)]
    [InlineData(ulong.MaxValue, 1436)]
    public void PartsAreDisjointAndTogetherEverything(ulong seed, int validationCount)
    {
        var split = DataSplit.Draw(Digits, seed, validationCount);

        Assert.Equal(validationCount, split.Validation.Count);
        int[] all = [.. split.Train.Indices, .. split.Validation.Indices, .. split.Test.Indices];
        Assert.Equal(Enumerable.Range(0, 1797), all.Order());
    }

    [Fact]
    public void TheSeedAloneDecidesAndTheTestPartIgnoresTheValidationCount()
    {
        var split = DataSplit.Draw(Digits, 3);

        Assert.Equal(split.Test.Indices.ToArray(), DataSplit.Draw(Digits, 3, validationCount: 300).Test.Indices.ToArray());
        Assert.Equal(split.Train.Indices.ToArray(), DataSplit.Draw(Digits, 3).Train.Indices.ToArray());
        Assert.NotEqual(split.Test.Indices.ToArray(), DataSplit.Draw(Digits, 4).Test.Indices.ToArray());
    }

    // Stored results rest on these parts: another hash means that studies can no longer be repeated.
    [Fact]
    public void ThePartsOfASeedNeverChange() => Assert.Equal("A125D6D45384AF9F", Convert.ToHexString(
        SHA256.HashData(MemoryMarshal.AsBytes(DataSplit.Draw(Digits, 0, validationCount: 100).Train.Indices)))[..16]);

    [Fact]
    public void EveryImageIsAsLikelyToBeDrawn()
    {
        var images = new LabeledImages(new ImageShape(1, 1, 1), new byte[40], [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 4))], 4);
        var set = new DataSet(Digits.Description with { DrawnTestCount = 8 }, images, null);
        int[] drawn = new int[40];
        const int Seeds = 4000;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            foreach (int index in DataSplit.Draw(set, seed).Test.Indices)
            {
                drawn[index]++;
            }
        }

        // Binomial with p = 1/5: mean 800, standard deviation 25.3; five of them.
        Assert.All(drawn, count => Assert.InRange(count, 800 - 127, 800 + 127));
    }

    [Fact]
    public void APublishedTestPartIsKeptAsItIs()
    {
        var test = new LabeledImages(Digits.Shape, new byte[64 * 5], [1, 2, 3, 4, 5], 10);
        var split = DataSplit.Draw(Digits with { Test = test }, 0, validationCount: 97);

        Assert.Same(test, split.Test.Images);
        Assert.Equal([0, 1, 2, 3, 4], split.Test.Indices.ToArray());
        Assert.Equal((1700, 97), (split.Train.Count, split.Validation.Count));
    }

    [Theory]
    [InlineData(1437)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void SomeImagesMustBeLeftForTraining(int validationCount) =>
        Assert.Equal($"digits: {validationCount} images for validation must lie in 0-1436, so that some are left for training.",
            Assert.Throws<BadInputException>(() => DataSplit.Draw(Digits, 0, validationCount)).Message);

    static int CountIn(DataPart part, int label) => part.Indices.ToArray().Count(index => part.Images.Labels[index] == label);

    static int Count(ReadOnlySpan<byte> labels, int label) => labels.Count((byte)label);
}
