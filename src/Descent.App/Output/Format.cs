using System.Globalization;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>Numbers for people. What was not measured is a dash.</summary>
static class Format
{
    public const string Nothing = "–";

    /// <summary>60000 as 60,000.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>0.97946 as 97.95 %.</summary>
    public static string Percent(double? fraction) =>
        fraction is { } value && !double.IsNaN(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F2} %") : Nothing;

    /// <summary>Four digits that count: 0.06932, 2.303, 1.5e+09.</summary>
    public static string Number(double? number) => number is not { } value ? Nothing
        : value == 0 ? "0"
        : (Math.Abs(value) >= 1e-3 && Math.Abs(value) < 1e5) || !double.IsFinite(value)
            ? value.ToString(Math.Abs(value) >= 1e4 ? "F0" : "G4", CultureInfo.InvariantCulture)
            : value.ToString("0.###e+00", CultureInfo.InvariantCulture);

    public static string Fixed(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    /// <summary>learning_rate=0.1 momentum=0.9.</summary>
    public static string Settings(IEnumerable<Setting> settings) => string.Join(' ', settings.Select(x => $"{x.Name}={x.Value}"));

    /// <summary>Seconds for a column: 0.06, 4.21, 12.3.</summary>
    public static string Seconds(double? seconds) => seconds is { } value ? Fixed(value, value < 9.995 ? 2 : 1) : Nothing;

    /// <summary>43 ms, 4.2 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Duration(double? duration) => duration switch
    {
        null or double.NaN => Nothing,
        < 0.9995 => string.Create(CultureInfo.InvariantCulture, $"{1000 * duration:F0} ms"),
        < 59.95 => string.Create(CultureInfo.InvariantCulture, $"{duration:F1} s"),
        < 3599.5 => Parts(Math.Round(duration.Value), 60, "min", 1, "s"),
        < 1e9 => Parts(Math.Round(duration.Value / 60) * 60, 3600, "h", 60, "min"),
        _ => Nothing,
    };

    /// <summary>An estimate of a time, no more exact than it is: seconds, 42 s, 18 min, 2.6 h.</summary>
    public static string Estimate(double seconds) => seconds switch
    {
        double.NaN => Nothing,
        < 5 => "seconds",
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 90 * 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };

    /// <summary><c>1 seed</c>, <c>2,345 seeds</c>.</summary>
    public static string Count(long count, string noun, string plural) => $"{Count(count)} {(count == 1 ? noun : plural)}";

    /// <summary>4,542 bytes as 4.5 kB, in powers of 1000.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{bytes:F0} bytes"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
    };

    static string Parts(double seconds, int large, string largeUnit, int small, string smallUnit) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Floor(seconds / large):F0} {largeUnit} {seconds % large / small:F0} {smallUnit}");
}
