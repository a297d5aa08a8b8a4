namespace Descent.Tests.Architecture;

/// <summary>A file is one thing.</summary>
public class SizeTests
{
    [Fact]
    public void NoFileIsLongerThanFourHundredLinesAndMostAreShort()
    {
        var sizes = Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(Repository.Sources("bench"))
            .Select(file => (file.Path, file.Lines.Length)).ToList();
        Assert.DoesNotContain(sizes, file => file.Length > 400);
        Assert.True(sizes.Count(file => file.Length <= 150) > 0.8 * sizes.Count, "Fewer than four fifths of the files have at most 150 lines.");
    }
}
