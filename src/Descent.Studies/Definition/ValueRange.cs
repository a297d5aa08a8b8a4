using System.Globalization;

namespace Descent.Studies.Definition;

/// <summary>Several values of one hyperparameter: a list, or a range <c>{ from: 1e-3, to: 1, points: 4, scale: log }</c>.</summary>
static class ValueRange
{
    const int MostPoints = 10_000;
    static readonly string[] known = ["from", "to", "points", "scale"];
    static readonly string[] scales = ["linear", "log"];

    /// <summary>The values one by one: the items of a list, the points of a range, or the one value that it is.</summary>
    public static IReadOnlyList<YamlNode> Unfold(YamlNode node, string key)
    {
        if (node is not YamlMapping range)
        {
            return node.Items();
        }

        range.RequireKnown("A range", known);
        if (known.Take(3).FirstOrDefault(x => range[x] is null) is { } missing)
        {
            throw range.Place.Mistake(
                $"{key} is a range without \"{missing}\"; the form is {{ from: 1e-3, to: 1, points: 4, scale: log }}.");
        }

        var (from, to, isLog) = Ends(range, key);
        long points = range["points"]!.Whole($"{key}: points", 2);
        return points <= MostPoints
            ? [.. Points(from, to, (int)points, isLog).Select(x => new YamlScalar(range.Place, Text(x), IsPlain: true))]
            : throw range.Place.Mistake($"{key} must have at most {MostPoints} points, got {points}.");
    }

    /// <summary>The ends of a range and whether it is spaced by factors.</summary>
    /// <exception cref="BadInputException">An end is missing or wrong, or there is no such scale.</exception>
    public static (double From, double To, bool IsLog) Ends(YamlMapping range, string key)
    {
        range.RequireKnown("A range", known);
        if (known.Take(2).FirstOrDefault(x => range[x] is null) is { } missing)
        {
            throw range.Place.Mistake($"{key} is a range without \"{missing}\"; the form is {{ from: 1e-3, to: 1, scale: log }}.");
        }

        double from = range["from"]!.Number($"{key}: from"), to = range["to"]!.Number($"{key}: to");
        string scale = range["scale"]?.Text($"{key}: scale") ?? scales[0];
        if (!scales.Contains(scale))
        {
            throw range["scale"]!.Place.Mistake($"There is no scale \"{scale}\".{NearestName.Hint(scale, scales)}");
        }

        bool isLog = scale == "log";
        return from >= to || (isLog && from <= 0)
            ? throw range.Place.Mistake($"{key} must go from a smaller to a larger {(isLog ? "positive " : "")}number, got {Text(from)} to {Text(to)}.")
            : (from, to, isLog);
    }

    /// <summary>The number at a share of the way.</summary>
    public static double At(double from, double to, bool isLog, double share) =>
        isLog ? Math.Exp(Math.Log(from) + (share * (Math.Log(to) - Math.Log(from)))) : from + (share * (to - from));

    /// <summary>Evenly spaced, the ends included. Inner points are rounded to ten digits: 0.01 between 0.001 and 0.1, not
    /// 0.010000000000000002, and the same on every machine, so that the trials have the same ids.</summary>
    static IEnumerable<double> Points(double from, double to, int count, bool isLog)
    {
        for (int i = 0; i < count; i++)
        {
            double share = (double)i / (count - 1);
            double point = At(from, to, isLog, share);
            yield return i == 0 ? from : i == count - 1 ? to
                : double.Parse(point.ToString("G10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
    }

    static string Text(double value) => Hyperparameter.Text(value);
}
