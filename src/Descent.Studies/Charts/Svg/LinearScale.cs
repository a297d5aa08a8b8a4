namespace Descent.Studies.Charts.Svg;

/// <summary>Equal differences are equally long; ticks stand at 1, 2 or 5 times a power of ten.</summary>
sealed class LinearScale(Domain domain, double start, double end) : AxisScale(start, end)
{
    public override double Base => Math.Clamp(0, domain.From, domain.To);

    // Halves, because the length of a domain from −1e308 to 1e308 is not a number of its own.
    protected override double Fraction(double value) => ((value / 2) - (domain.From / 2)) / ((domain.To / 2) - (domain.From / 2));

    /// <summary>The smallest of 1, 2 and 5 times a power of ten that leaves at most so many steps.</summary>
    public static double Step(Domain domain, int most)
    {
        double raw = Math.Min(((domain.To / 2) - (domain.From / 2)) / most * 2 * (1 - 1e-9), 1e308);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return raw <= power ? power : raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power : 10 * power;
    }

    /// <param name="domain">What the axis spans.</param>
    /// <param name="most">As many steps as there is room for.</param>
    /// <param name="format">How labels are printed.</param>
    /// <param name="least">The smallest step that makes sense: 1 where values are counted.</param>
    public static IReadOnlyList<Tick> TicksOf(Domain domain, int most, ValueFormat format, double least = 0)
    {
        double step = Math.Max(Step(domain, most), least);
        double first = Math.Ceiling((domain.From / step) - 1e-9);
        var values = Enumerable.Range(0, most + 2).Select(i => (first + i) * step)
            .TakeWhile(value => double.IsFinite(value) && value <= domain.To + (step * 1e-9)).Distinct().ToList();
        var label = TickLabels.For(values, step, format);
        return [.. values.Select(value => new Tick(value, label(value)))];
    }
}
