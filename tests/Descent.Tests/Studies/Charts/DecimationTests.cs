using Descent.Studies.Charts;

namespace Descent.Tests.Studies.Charts;

public class DecimationTests
{
    const int Million = 1_000_000;

    static double[] Whole(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    /// <summary>Noise without a generator: the fractional parts of multiples of the golden ratio.</summary>
    static double Noise(int i) => i * 0.6180339887498949 % 1;

    [Fact]
    public void TenMillionPointsAreSmallAndKeepTheirSpikes()
    {
        double[] xs = Whole(10 * Million), ys = [.. xs.Select((_, i) => Noise(i))];
        ys[7_123_456] = 50;
        ys[3_000_000] = -50;
        var drawing = new Drawing(new() { Data = [new ScatterTrace { Name = "loss", X = xs, Y = ys }] });
        Assert.InRange(drawing.Text.Length, 10_000, 100_000);

        var vertices = Drawing.Vertices(Assert.Single(drawing.Lines));
        var (top, bottom) = (vertices.MinBy(v => v.Y), vertices.MaxBy(v => v.Y));
        double width = vertices[^1].X;
        Assert.Equal(0.7123456, top.X / width, 0.002);
        Assert.Equal(0.3, bottom.X / width, 0.002);
        Assert.Equal(300 * 100 / 108.0, bottom.Y - top.Y, 0.2);
    }

    /// <summary>Windows of pixels reach from the same top to the same bottom as all points, up to points at the windows' sides.</summary>
    [Fact]
    public void ColumnsCoverWhatAllPointsCover()
    {
        const double Window = 8, Rounding = 0.15;
        double[] xs = Whole(100_000), ys = [.. xs.Select((x, i) => Math.Sin(x / 9000) + (0.3 * Noise(i)))];
        var drawn = Drawing.Vertices(Assert.Single(new Drawing(new() { Data = [new ScatterTrace { X = xs, Y = ys }] }).Lines));
        double width = drawn[^1].X, top = drawn.Min(v => v.Y), bottom = drawn.Max(v => v.Y), high = ys.Max(), low = ys.Min();
        var points = xs.Zip(ys, (x, y) => (X: x * width / 99_999, Y: bottom + ((top - bottom) * (y - low) / (high - low)))).ToList();
        for (double x = 2; x + Window < width; x += Window)
        {
            var (inner, outer) = (Span(points, x, x + Window), Span(points, x - 1.2, x + Window + 1.2));
            var (innerDrawn, outerDrawn) = (Span(drawn, x, x + Window), Span(drawn, x - 1.2, x + Window + 1.2));
            bool isLost = outerDrawn.Top > inner.Top + Rounding || outerDrawn.Bottom < inner.Bottom - Rounding;
            bool isInvented = innerDrawn.Top < outer.Top - Rounding || innerDrawn.Bottom > outer.Bottom + Rounding;
            Assert.False(isLost || isInvented, $"lost or invented something at {x}");
        }

        static (double Top, double Bottom) Span(IEnumerable<(double X, double Y)> points, double from, double to)
        {
            var inside = points.Where(p => p.X >= from && p.X <= to).Select(p => p.Y).ToList();
            return (inside.Min(), inside.Max());
        }
    }

    [Fact]
    public void GapsWiderThanAPixelStayGaps()
    {
        double[] xs = Whole(Million), ys = [.. xs.Select((x, i) => x is > 400_000 and < 600_000 || i % 2 == 1 ? double.NaN : Noise(i))];
        var line = Assert.Single(new Drawing(new() { Data = [new ScatterTrace { X = xs, Y = ys }] }).Lines);
        var vertices = Drawing.Vertices(line);
        double width = vertices[^1].X;
        Assert.DoesNotContain(vertices, v => v.X > 0.402 * width && v.X < 0.598 * width);
        Assert.True(Drawing.Pieces(line) >= 2);
    }

    [Fact]
    public void AnAlternatingGapIsNoMillionPieces()
    {
        double[] xs = Whole(Million), ys = [.. xs.Select((_, i) => i % 2 == 0 ? Noise(i) : double.NaN)];
        Assert.InRange(new Drawing(new() { Data = [new ScatterTrace { X = xs, Y = ys }] }).Text.Length, 5_000, 200_000);
    }

    [Fact]
    public void ATangledLineOfAMillionPointsIsSmall()
    {
        double[] xs = [.. Whole(Million).Select((_, i) => Noise(i))], ys = [.. Whole(Million).Select((_, i) => Noise(7 * i))];
        Assert.InRange(new Drawing(new() { Data = [new ScatterTrace { X = xs, Y = ys }] }).Text.Length, 5_000, 1_000_000);
    }

    [Fact]
    public void AMillionMarkersAreSmallAndKeepTheLonelyOne()
    {
        double[] xs = [.. Whole(Million).Select((_, i) => Noise(i))], ys = [.. Whole(Million).Select((_, i) => Noise(i * i % 1009))];
        (xs[5], ys[5]) = (3, 3);
        var drawing = new Drawing(new() { Data = [new ScatterTrace { X = xs, Y = ys, Mode = ScatterMode.Markers }] });
        Assert.InRange(drawing.Text.Length, 5_000, 1_000_000);
        var path = Assert.Single(drawing.All("path"), path => (string?)path.Attribute("stroke-linecap") == "round");
        Assert.Contains(Drawing.Vertices(path), v => v.X > 600 && v.Y < 20);
    }

    [Fact]
    public void ABandOfAMillionPointsIsSmall()
    {
        double[] xs = Whole(Million), ys = [.. xs.Select((_, i) => Noise(i))];
        var line = new ScatterTrace { Name = "sgd", X = xs, Y = ys, Line = Palette.Line(0) };
        var drawing = new Drawing(new() { Data = [.. Band.Around(line, [.. ys.Select(y => y - 1)], [.. ys.Select(y => y + 1)])] });
        Assert.InRange(drawing.Text.Length, 10_000, 150_000);
    }
}
