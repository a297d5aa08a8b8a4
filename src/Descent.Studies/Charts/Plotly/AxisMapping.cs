using System.Text.Json;

namespace Descent.Studies.Charts.Plotly;

/// <summary>One axis to Plotly's form and back.</summary>
static class AxisMapping
{
    const string Percent = "~%", Reversed = "reversed";

    public static PlotlyAxis ToPlotly(Axis axis) => new(
        axis.Title.Length > 0 ? new(axis.Title) : null,
        axis.Type == AxisType.Linear ? null : axis.Type,
        axis.Minimum is null && axis.Maximum is null ? null : [Logarithm(axis, axis.Minimum), Logarithm(axis, axis.Maximum)],
        axis.IsReversed ? Reversed : null,
        axis.Format == ValueFormat.Percent ? Percent : null,
        axis.IsHidden ? false : null);

    public static Axis FromPlotly(PlotlyAxis axis)
    {
        Require(axis.Range is null or { Count: 2 }, "range", "two numbers", $"{axis.Range?.Count}");
        Require(axis.AutoRange is null or Reversed, "autorange", $"\"{Reversed}\"", $"\"{axis.AutoRange}\"");
        Require(axis.TickFormat is null or Percent, "tickformat", $"\"{Percent}\"", $"\"{axis.TickFormat}\"");
        var type = axis.Type ?? AxisType.Linear;
        return new()
        {
            Title = axis.Title?.Text ?? "",
            Type = type,
            Minimum = Power(type, axis.Range?[0]),
            Maximum = Power(type, axis.Range?[1]),
            Format = axis.TickFormat is null ? ValueFormat.Number : ValueFormat.Percent,
            IsReversed = axis.AutoRange is not null,
            IsHidden = axis.Visible == false,
        };
    }

    static double? Logarithm(Axis axis, double? end) => axis.Type != AxisType.Log || end is null ? end : end > 0
        ? Math.Log10(end.Value)
        : throw new ArgumentException($"an end of a log axis must be above zero, got {end}.");

    static double? Power(AxisType type, double? end) => type == AxisType.Log && end is { } exponent ? Math.Pow(10, exponent) : end;

    static void Require(bool holds, string key, string rule, string value)
    {
        if (!holds)
        {
            throw new JsonException($"an axis's {key} must be {rule}, got {value}.");
        }
    }
}
