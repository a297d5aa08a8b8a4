namespace Descent.Studies.Charts.Svg;

/// <summary>The names of categories along an axis, fitted to the room they have.</summary>
/// <param name="Labels">Lines of each name, in the order of the categories.</param>
/// <param name="Room">Pixels that they need across the axis: a width beside a y axis, a height below an x axis.</param>
/// <param name="IsTurned">Whether they are slanted.</param>
/// <param name="RoomAbove">Height that they need above each bar, when there is no room beside the axis.</param>
sealed record NameLabels(IReadOnlyList<IReadOnlyList<FittedText>> Labels, double Room, bool IsTurned = false, double RoomAbove = 0)
{
    public const double Size = 12, LineHeight = 14, Slant = 40;
    const double LongestSlanted = 150, NarrowCell = 480, NarrowShare = 0.28, WideShare = 0.4;

    public int MostLines => Labels.Select(lines => lines.Count).DefaultIfEmpty(1).Max();

    /// <summary>Beside a y axis in up to two lines; in a narrow cell long names stand above their bars.</summary>
    public static NameLabels Beside(IReadOnlyCollection<string> names, double cellWidth)
    {
        if (cellWidth < NarrowCell && names.Any(name => TextMetrics.Width(name, Size) > cellWidth * NarrowShare))
        {
            var above = names.Select(name => new[] { TextMetrics.Fit(name, cellWidth - LineHeight, Size) });
            return new([.. above], Room: 0, RoomAbove: LineHeight + 2);
        }

        var labels = names.Select(name => TextMetrics.Wrap(name, cellWidth * WideShare, Size, most: 2)).ToList();
        return new(labels, labels.SelectMany(lines => lines).Select(line => TextMetrics.Width(line.Shown, Size)).DefaultIfEmpty(0).Max());
    }

    /// <summary>Below an x axis: up to two lines in a slot, else slanted.</summary>
    public static NameLabels Below(IReadOnlyCollection<string> names, double slot)
    {
        var labels = names.Select(name => TextMetrics.Wrap(name, slot - 8, Size, most: 2)).ToList();
        if (!labels.SelectMany(lines => lines).Any(line => line.IsCut))
        {
            return new(labels, labels.Select(lines => lines.Count).DefaultIfEmpty(1).Max() * LineHeight);
        }

        List<IReadOnlyList<FittedText>> slanted = [.. names.Select(name => new[] { TextMetrics.Fit(name, LongestSlanted, Size) })];
        double longest = slanted.Max(lines => TextMetrics.Width(lines[0].Shown, Size));
        return new(slanted, (longest * Math.Sin(Slant * Math.PI / 180)) + LineHeight, IsTurned: true);
    }

    /// <summary>Slanted names end below their bar and begin further left, where the first ones need room.</summary>
    public double Overhang(double slot) => !IsTurned ? 0 : Labels
        .Select((lines, i) => (TextMetrics.Width(lines[0].Shown, Size) * Math.Cos(Slant * Math.PI / 180)) - ((i + 0.5) * slot))
        .DefaultIfEmpty(0).Max();
}
