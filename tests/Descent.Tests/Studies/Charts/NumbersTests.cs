using Descent.Studies.Charts;

namespace Descent.Tests.Studies.Charts;

public class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.012344, "0.01234")]
    [InlineData(1234.56, "1,235")]
    [InlineData(1234567, "1,235,000")]
    [InlineData(-2.5, "−2.5")]
    [InlineData(1.23e-7, "1.23×10⁻⁷")]
    [InlineData(-6.02214076e23, "−6.022×10²³")]
    [InlineData(99999999, "1×10⁸")]
    [InlineData(0.001, "0.001")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.NegativeInfinity, "−infinite")]
    public void FourSignificantDigits(double value, string text) => Assert.Equal(text, Numbers.Significant(value));

    [Theory]
    [InlineData(0.9741, 2, "97.41\u00A0%")]
    [InlineData(1, 1, "100.0\u00A0%")]
    public void Percent(double fraction, int decimals, string text) => Assert.Equal(text, Numbers.Percent(fraction, decimals));

    [Theory]
    [InlineData(0.837, "0.84\u00A0s")]
    [InlineData(9.994, "9.99\u00A0s")]
    [InlineData(9.996, "10.0\u00A0s")]
    [InlineData(59.94, "59.9\u00A0s")]
    [InlineData(59.96, "1\u00A0min\u00A000\u00A0s")]
    [InlineData(200, "3\u00A0min\u00A020\u00A0s")]
    [InlineData(3599.6, "1\u00A0h\u00A000\u00A0min")]
    [InlineData(100 * 3600, "100\u00A0h\u00A000\u00A0min")]
    public void Durations(double seconds, string text) => Assert.Equal(text, Numbers.Duration(seconds));
}
