namespace Descent.App.Output;

/// <summary>A curve as a filled area of characters, to an eighth of a line.</summary>
static class AreaPlot
{
    const string Levels = " ▁▂▃▄▅▆▇█";

    /// <param name="values">One a column; at least 0 and finite.</param>
    /// <param name="height">Lines.</param>
    public static void Write(IReadOnlyList<double> values, int height, TextWriter output)
    {
        double highest = Math.Max(values.Max(), double.Epsilon);
        string top = Format.Number(highest);
        for (int line = height - 1; line >= 0; line--)
        {
            string label = line == height - 1 ? top : line == 0 ? "0" : "";
            string area = string.Concat(values.Select(x => Levels[(int)Math.Clamp(Math.Round(8 * ((x / highest * height) - line)), 0, 8)]));
            output.WriteLine($" {label.PadLeft(top.Length)} ┤{area.TrimEnd()}");
        }
    }
}
