namespace Descent.Tests.App;

public class ParseErrorTests
{
    [Theory]
    [InlineData("inf", "descent has no command \"inf\". Did you mean \"info\"? See: descent --help")]
    [InlineData("zzzzzz", "descent has no command \"zzzzzz\". See: descent --help")]
    [InlineData("info --jsn", "descent info has no option \"--jsn\". Did you mean \"--json\"? See: descent info --help")]
    [InlineData("info more", "descent info does not know what to do with \"more\". See: descent info --help")]
    public void UnknownNamesAreSaidWithTheNearest(string line, string sentence) =>
        new DescentCommand(".").Run(line.Split(' ')).MustRefuse(sentence);

    [Fact]
    public void VerboseShowsWhereAMistakeWasFound()
    {
        var outcome = new DescentCommand(".").Run("describe", "nothing-like-this", "--verbose");
        Assert.Contains("   at Descent.", outcome.Error);
        Assert.DoesNotContain("   at ", new DescentCommand(".").Run("describe", "nothing-like-this").Error);
    }
}
