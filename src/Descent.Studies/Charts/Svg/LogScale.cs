namespace Descent.Studies.Charts.Svg;

/// <summary>Equal ratios are equally long; ticks stand at the powers of ten, with minor ones between them.</summary>
sealed class LogScale(Domain domain, double start, double end) : AxisScale(start, end)
{
    const double Tolerance = 1e-9;
    readonly double low = Math.Log10(domain.From), high = Math.Log10(domain.To);

    public override double Base => domain.From;

    protected override double Fraction(double value) => value > 0 ? (Math.Log10(value) - low) / (high - low) : double.NaN;

    public static IReadOnlyList<Tick> TicksOf(Domain domain, int most, ValueFormat format)
    {
        double low = Math.Log10(domain.From), high = Math.Log10(domain.To);
        int first = (int)Math.Floor(low + Tolerance), last = (int)Math.Ceiling(high - Tolerance);
        var onAxis = Enumerable.Range(first, last - first + 1)
            .SelectMany(exponent => Enumerable.Range(1, 9).Select(factor => (exponent, factor, value: factor * Math.Pow(10, exponent))))
            .Where(x => Math.Log10(x.value) >= low - Tolerance && Math.Log10(x.value) <= high + Tolerance).ToList();
        int decades = onAxis.Count(x => x.factor == 1);
        if (onAxis.Count(x => x.factor is 1 or 2 or 5) < 2)
        {
            return LinearScale.TicksOf(domain, most, format);
        }

        // Few decades leave room to name marks between them; of many, not even each decade is named.
        int[] named = onAxis.Count(x => x.factor is 1 or 2 or 5) <= Math.Max(4, most + 1) ? [1, 2, 5] : [1];
        int stride = (int)Math.Max(1, Math.Ceiling((decades - 1) / (double)most));
        var label = Label(domain, format);
        return [.. onAxis.Where(x => stride == 1 || x.factor == 1).Select(x => new Tick(
            x.value, named.Contains(x.factor) && (x.factor != 1 || x.exponent % stride == 0) ? label(x.value) : ""))];
    }

    /// <summary>Plain numbers between a thousandth and ten thousand, powers of ten beyond.</summary>
    static Func<double, string> Label(Domain domain, ValueFormat format) =>
        format == ValueFormat.Percent ? value => Numbers.Percent(value, Math.Max(0, -2 - Numbers.Exponent(value)))
        : domain.From >= 0.00099 && domain.To <= 99_999 ? value => Numbers.Significant(value)
        : value => Numbers.Scientific(value, 0);
}
