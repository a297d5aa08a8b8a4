using Descent.Data;

namespace Descent.Tests.Data;

public class DigitsDataTests
{
    static readonly DataSet Digits = DataCatalog.Find("digits").Load(new DataFolder("/nowhere"));

    // Facts about scikit-learn's load_digits, which has the same images: the description's class counts, data.mean(), and the first image.
    [Fact]
    public void AreTheKnownImages()
    {
        byte[] labels = Digits.Train.Labels.ToArray();

        Assert.Equal(1797, Digits.Train.Count);
        Assert.Null(Digits.Test);
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
            Enumerable.Range(0, 10).Select(label => labels.Count(other => other == label)));
        Assert.Equal(4.884164579855314, Digits.Train.Pixels.ToArray().Average(pixel => (double)pixel), 12);
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], Digits.Train.Image(0)[..8].ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], labels[..12]);
    }

    [Fact]
    public void DescribeThemselvesTruly()
    {
        var description = DataCatalog.Find("digits");

        Assert.True(description.IsBuiltIn);
        Assert.Equal(Digits.Train.Count, description.TrainCount);
        Assert.Equal(Digits.Shape, description.Shape);
        Assert.Contains("10.24432/C50P49", description.Origin, StringComparison.Ordinal);
        Assert.Equal("CC BY 4.0", description.Licence);
    }
}
