using Descent.Data;

namespace Descent.Tests.Data;

public class DataSelectionTests
{
    static readonly DataSplit Split = DataSplit.Draw(DataCatalog.Find("digits").Load(new DataFolder("/nowhere")), 0);

    [Fact]
    public void ASplitAloneIsAllOfIt() => Assert.Same(Split.Test, DataSelection.Parse("test").From(Split));

    [Fact]
    public void ARangeIsInFileOrderAndHasBothItsEnds()
    {
        var part = DataSelection.Parse("train:10-19").From(Split);

        Assert.Equal("train:10-19", part.Name);
        Assert.Equal(Split.Train.Indices[10..20].ToArray(), part.Indices.ToArray());
        Assert.Equal(1437, DataSelection.Parse("train:0-1436").From(Split).Count);
        Assert.Equal(1, DataSelection.Parse("train:0-0").From(Split).Count);
    }

    [Theory]
    [InlineData("tran:0-9", "\"tran:0-9\": there is no split \"tran\". Did you mean \"train\"? Known: train, validation, test.")]
    [InlineData("", "\"\": there is no split \"\". Known: train, validation, test.")]
    [InlineData("train:5", "\"train:5\": \"5\" is not a range of two indices. A selection is a split")]
    [InlineData("train:", "\"train:\": \"\" is not a range of two indices.")]
    [InlineData("train:-5-9", "\"train:-5-9\": \"-5-9\" is not a range of two indices.")]
    [InlineData("train:1-2-3", "\"train:1-2-3\": \"1-2-3\" is not a range")]
    [InlineData("train:1- 2", "\"train:1- 2\": \"1- 2\" is not a range")]
    [InlineData("train:0-99999999999", "\"train:0-99999999999\": \"0-99999999999\" is not a range")]
    [InlineData("train:9-3", "\"train:9-3\": the range ends at 3, before its first index 9.")]
    [InlineData("train:0-1437", "train:0-1437: train has 1437 images, so a range lies in 0-1436.")]
    [InlineData("validation:0-0", "validation:0-0: validation has no images.")]
    public void AMistakeIsAnsweredInASentence(string text, string sentence) => Assert.StartsWith(sentence,
        Assert.Throws<BadInputException>(() => DataSelection.Parse(text).From(Split)).Message, StringComparison.Ordinal);

    [Fact]
    public void IndicesOfAPartIncreaseAndAreImages()
    {
        var images = Split.Train.Images;

        foreach (int[] indices in new int[][] { [-1], [1797], [3, 3], [4, 2] })
        {
            _ = Assert.Throws<ArgumentException>(() => new DataPart("train", images, indices));
        }
    }
}
