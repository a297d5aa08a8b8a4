namespace Descent.Tests;

public class BadInputExceptionTests
{
    [Theory]
    [InlineData("no type 'f4'.", "no type 'f4'.")]
    [InlineData("no type 'f\n4'.", "no type 'f\\u000a4'.")]
    [InlineData("\u001b[2Jgone\u0085", "\\u001b[2Jgone\\u0085")]
    public void AMessageIsOneLineThatMovesNoCursor(string given, string shown)
    {
        Assert.Equal(shown, new BadInputException(given).Message);
        Assert.Equal(shown, new BadInputException(given, new FormatException()).Message);
    }

    [Fact]
    public void AListHasALineForEachEntryAndNoMore() =>
        Assert.Equal("missing:\na\\u000ab\nc", new BadInputException("missing:", ["a\nb", "c"], new FormatException()).Message);
}
