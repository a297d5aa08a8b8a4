namespace Descent.Studies.Charts.Svg;

/// <summary>What an axis spans, with <c>From</c> below <c>To</c> by so much that there are numbers between them.</summary>
readonly record struct Domain(double From, double To)
{
    /// <summary>Numbers closer to zero than this lose their digits, so no axis ends there.</summary>
    const double Smallest = 1e-300;

    /// <summary>Shares of a number below this are rounding.</summary>
    const double Rounding = 1e-14;

    /// <summary>The axis's own ends where it has them, otherwise the data's, with a share of the span added at each end.</summary>
    public static Domain Of(Axis axis, Extent data, double padding)
    {
        var (from, to) = axis.Type == AxisType.Log ? Log(data, padding) : Linear(axis, data, padding);
        return Separate(axis, axis.Minimum ?? from, axis.Maximum ?? to);
    }

    static (double From, double To) Linear(Axis axis, Extent data, double padding)
    {
        var (low, high) = data.IsEmpty ? (0, 1) : (data.Low, data.High);
        double span = high - low;
        if (double.IsInfinity(span))
        {
            return (low, high);
        }

        double room = span > Math.Max(Smallest, Rounding * Math.Max(Math.Abs(low), Math.Abs(high))) ? padding * span
            : Math.Abs(low) < Smallest ? 1
            : Math.Abs(low) / 10;
        double from = low >= 0 && low < room ? 0 : Math.Max(low - room, double.MinValue);
        double to = high <= 0 && -high < room ? 0 : Math.Min(high + room, double.MaxValue);
        return (from, axis.Format == ValueFormat.Percent && low >= 0 && high <= 1 ? Math.Min(to, 1) : to);
    }

    static (double From, double To) Log(Extent data, double padding)
    {
        var (low, high) = data.IsEmpty ? (0.1, 10) : (Math.Max(data.Low, Smallest), Math.Max(data.High, Smallest));
        double room = high / low > 1 + Rounding ? Math.Pow(10, padding * (Math.Log10(high) - Math.Log10(low))) : Math.Sqrt(10);
        return (Math.Max(low / room, Smallest), Math.Min(high * room, double.MaxValue));
    }

    /// <summary>An end that the axis gives may lie beyond all data, or equal the other one but for rounding: then the other one
    /// moves.</summary>
    static Domain Separate(Axis axis, double from, double to)
    {
        double reach = Math.Max(Math.Abs(from), Math.Abs(to));
        if (to / 2 > (from / 2) + (reach * Rounding) + Smallest)
        {
            return new(from, to);
        }

        bool isLog = axis.Type == AxisType.Log;
        double step = Math.Max(1, reach / 10);
        return axis.Maximum is null
            ? new(from, isLog ? from * 10 : from + step)
            : new(isLog ? to / 10 : to - step, to);
    }
}
