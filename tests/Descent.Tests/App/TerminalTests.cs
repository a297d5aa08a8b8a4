using Descent.App.Live;
using Descent.App.Output;

namespace Descent.Tests.App;

public class TerminalTests
{
    [Theory]
    [InlineData(true, null, "xterm-256color", true)]
    [InlineData(true, "", "xterm", true)]
    [InlineData(true, "1", "xterm", false)]
    [InlineData(true, null, "dumb", false)]
    [InlineData(true, null, null, true)]
    [InlineData(false, null, "xterm", false)]
    public void PaintsOnATerminalUnlessAskedNotTo(bool isTerminal, string? noColor, string? term, bool expected) =>
        Assert.Equal(expected, Terminal.MayPaint(isTerminal, name => name == "NO_COLOR" ? noColor : name == "TERM" ? term : null));

    [Theory]
    [InlineData(0, "░░░░")]
    [InlineData(1, "████")]
    [InlineData(0.5, "██░░")]
    [InlineData(0.28125, "█▏░░")]
    [InlineData(2, "████")]
    public void ABarIsExactToAnEighth(double fraction, string expected) => Assert.Equal(expected, Bar.Draw(fraction, 4));

    [Fact]
    public void ACurveKeepsItsShapeHoweverLongItIs()
    {
        Assert.Equal("", new Curve().Draw(10));
        var shortCurve = new Curve();
        var longCurve = new Curve();
        for (int i = 0; i < 8; i++)
        {
            shortCurve.Add(Math.Pow(2, -i));
            for (int j = 0; j < 12_500; j++)
            {
                longCurve.Add(Math.Pow(2, -i));
            }
        }

        Assert.Equal("█▇▆▅▄▃▂▁", shortCurve.Draw(8));
        Assert.Equal("█▇▆▅▄▃▂▁", longCurve.Draw(8));
        longCurve.Add(double.NaN);
        Assert.Equal(60, longCurve.Draw(60).Length);
    }

    [Theory]
    [InlineData(0.0, "0 ms")]
    [InlineData(0.0432, "43 ms")]
    [InlineData(0.9996, "1.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(59.96, "1 min 0 s")]
    [InlineData(3599.0, "59 min 59 s")]
    [InlineData(3600.0, "1 h 0 min")]
    [InlineData(7530.0, "2 h 6 min")]
    [InlineData(double.NaN, "–")]
    public void DurationsAreShort(double seconds, string expected) => Assert.Equal(expected, Format.Duration(seconds));

    [Theory]
    [InlineData(0.02, "seconds")]
    [InlineData(42.4, "42 s")]
    [InlineData(700, "12 min")]
    [InlineData(51_000, "14.2 h")]
    [InlineData(double.NaN, "–")]
    public void EstimatesAreNoMoreExactThanTheyAre(double seconds, string expected) => Assert.Equal(expected, Format.Estimate(seconds));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.069321, "0.06932")]
    [InlineData(12345.6, "12346")]
    [InlineData(1.5e9, "1.5e+09")]
    [InlineData(3.2e-5, "3.2e-05")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void NumbersHaveFourDigits(double value, string expected) => Assert.Equal(expected, Format.Number(value));
}
