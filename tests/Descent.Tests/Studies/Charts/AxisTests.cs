using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;
using FsCheck;
using FsCheck.Fluent;

namespace Descent.Tests.Studies.Charts;

public class AxisTests
{
    [Theory]
    [InlineData(0, 1, 5, new[] { "0", "0.2", "0.4", "0.6", "0.8", "1.0" })]
    [InlineData(-3, 7, 4, new[] { "0", "5" })]
    [InlineData(0, 20, 10, new[] { "0", "2", "4", "6", "8", "10", "12", "14", "16", "18", "20" })]
    [InlineData(0, 23_450, 5, new[] { "0", "5,000", "10,000", "15,000", "20,000" })]
    [InlineData(0, 10_000_000, 5, new[] { "0", "2M", "4M", "6M", "8M", "10M" })]
    [InlineData(0, 3e-7, 3, new[] { "0", "10⁻⁷", "2×10⁻⁷", "3×10⁻⁷" })]
    [InlineData(-0.3, 0.1, 4, new[] { "−0.3", "−0.2", "−0.1", "0", "0.1" })]
    [InlineData(0, 3e15, 3, new[] { "0", "10¹⁵", "2×10¹⁵", "3×10¹⁵" })]
    public void LinearTicksStandAtOneTwoAndFive(double from, double to, int most, string[] labels)
    {
        Assert.Equal(labels, LinearScale.TicksOf(new(from, to), most, ValueFormat.Number).Select(tick => tick.Label));
    }

    [Fact]
    public void PercentTicksHaveTheDigitsThatTheyNeed()
    {
        var few = LinearScale.TicksOf(new(0.94, 0.96), 2, ValueFormat.Percent);
        var many = LinearScale.TicksOf(new(0.944, 0.951), 2, ValueFormat.Percent);
        Assert.Equal(["94\u00A0%", "95\u00A0%", "96\u00A0%"], few.Select(tick => tick.Label));
        Assert.Equal(["94.5\u00A0%", "95.0\u00A0%"], many.Select(tick => tick.Label));
    }

    [Fact]
    public void LogTicksAreDecadesWithMinorOnes()
    {
        var ticks = LogScale.TicksOf(new(0.001, 1000), 6, ValueFormat.Number);
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10", "100", "1,000"], ticks.Where(tick => !tick.IsMinor).Select(tick => tick.Label));
        Assert.Equal((6 * 9) + 1, ticks.Count);
        Assert.Contains(ticks, tick => tick.IsMinor && Math.Abs(tick.Value - 0.3) < 1e-12);
    }

    [Theory]
    [InlineData(1e-12, 1e12, 6, new[] { "10⁻¹²", "10⁻⁸", "10⁻⁴", "1", "10⁴", "10⁸", "10¹²" })]
    [InlineData(0.8, 30, 6, new[] { "1", "2", "5", "10", "20" })]
    [InlineData(0.31, 0.42, 6, new[] { "0.32", "0.34", "0.36", "0.38", "0.40", "0.42" })]
    public void LogAxesOfAnyLengthHaveLabels(double from, double to, int most, string[] labels)
    {
        var ticks = LogScale.TicksOf(new(from, to), most, ValueFormat.Number);
        Assert.Equal(labels, ticks.Where(tick => !tick.IsMinor).Select(tick => tick.Label));
    }

    /// <summary>The least-squares places of three labels that want the same one are around it.</summary>
    [Fact]
    public void LabelsThatCollideMoveApartEvenly()
    {
        Assert.Equal([33, 50, 67, 200], DirectLabels.Spread([50, 50, 50, 200], 17, 0, 300).Select(x => Math.Round(x, 9)));
        Assert.Equal([0, 17, 34], DirectLabels.Spread([0, 0, 0], 17, 0, 300).Select(x => Math.Round(x, 9)));
        Assert.Equal([266, 283, 300], DirectLabels.Spread([300, 300, 300], 17, 0, 300).Select(x => Math.Round(x, 9)));
    }

    [Fact]
    public void SpreadLabelsKeepTheirOrderAndSpacing()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var wanted = bytes.Take(17).Select(b => (double)b).Order().ToArray();
            var places = DirectLabels.Spread(wanted, 17, 0, 300);
            bool areApart = places.Zip(places.Skip(1)).All(pair => pair.Second - pair.First >= 17 - 1e-9);
            return areApart && places.All(y => y is >= -1e-9 and <= 300 + 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1e-320, 1e300)]
    [InlineData(5e-324, 5e-324)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 1.0000000000000002)]
    public void ExtremeRangesHaveFiniteDrawings(double low, double high)
    {
        foreach (var type in new[] { AxisType.Linear, AxisType.Log })
        {
            var drawing = new Drawing(new()
            {
                Data = [new ScatterTrace { X = new[] { low, high }, Y = new[] { low, high } }],
                Layout = new() { Panels = [new() { X = new() { Type = type }, Y = new() { Type = type } }] },
            });
            Assert.DoesNotContain("NaN", drawing.Text);
            Assert.DoesNotContain("∞", drawing.Text);
            Assert.InRange(drawing.Text.Length, 1000, 200_000);
        }
    }
}
