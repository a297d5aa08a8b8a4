namespace Descent.Studies.Charts.Svg;

/// <summary>One form for all labels of an axis, with as many digits as tell neighbours apart and no more.</summary>
static class TickLabels
{
    static readonly (double Unit, string Name)[] units = [(1, ""), (1e6, "M"), (1e9, "B")];

    public static Func<double, string> For(IReadOnlyCollection<double> values, double step, ValueFormat format)
    {
        if (format == ValueFormat.Percent)
        {
            return value => Numbers.Percent(value, Decimals(100 * step));
        }

        double largest = values.Count == 0 ? 0 : values.Max(Math.Abs);
        if (largest >= 1e12 || step < 0.9e-5)
        {
            return value => Math.Abs(value) < step / 2 ? "0"
                : Numbers.Scientific(value, Math.Max(0, Numbers.Exponent(value) - Numbers.Exponent(step)));
        }

        var (unit, name) = units.Last(x => x.Unit == 1 || largest >= x.Unit);
        return value => value == 0 ? "0" : Numbers.Fixed(value / unit, Decimals(step / unit)) + name;
    }

    static int Decimals(double step) => Math.Max(0, -Numbers.Exponent(step * (1 + 1e-9)));
}
