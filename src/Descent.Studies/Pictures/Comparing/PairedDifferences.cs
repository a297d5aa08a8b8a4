using Descent.Studies.Charts;
using Descent.Studies.Comparisons;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>How far each optimizer lies behind the first, seed by seed.</summary>
sealed class PairedDifferences : IPicture
{
    public string Name => "paired-differences";

    public string Shows => "The difference of final test accuracy to the optimizer with the highest mean, a point a seed, with the interval of its mean.";

    public string? Missing(PictureStudy study) => ComparedStudy.Missing(study, Name, needsTarget: false);

    public Figure Draw(PictureStudy study)
    {
        var comparison = ComparedStudy.Of(study);
        var leader = comparison.Verdict.Leader;
        var pairs = comparison.Pairs.Where(pair => pair.Has(leader) && pair.Difference.Sample.Count > 0).ToList();
        return new()
        {
            Data = [.. pairs.SelectMany((pair, place) => Traces(pair, pair.Other(leader).Label, place))],
            Layout = new()
            {
                Title = $"Behind {leader.Label} in {study.Name}",
                Subtitle = $"Final test {comparison.Metric.Name} of the first minus that of each other at the same seed. Rings are seeds; the mark is their mean with its 95 % interval. "
                    + "An interval that holds 0 shows no difference.",
                ShowsLegend = false,
                Panels =
                [
                    new()
                    {
                        X = new() { Title = $"{leader.Label} minus the other", Format = ValueFormat.Percent },
                        Y = new() { Type = AxisType.Category, IsReversed = true },
                        ReferenceLines = [new(AxisLetter.X, 0)],
                    },
                ],
            },
        };
    }

    static IEnumerable<Trace> Traces(ComparedPair pair, string label, int place)
    {
        double[] differences = [.. pair.Difference.Differences];
        yield return new ScatterTrace
        {
            Name = label,
            ShowsLegend = false,
            Mode = ScatterMode.Markers,
            X = differences,
            Y = Array.ConvertAll(differences, _ => label),
            Marker = new(Palette.Color(place), 8, MarkerSymbol.Ring),
        };
        yield return new ScatterTrace
        {
            Name = label,
            ShowsLegend = false,
            Mode = ScatterMode.Markers,
            X = new[] { pair.Difference.Sample.Mean },
            Y = new[] { label },
            ErrorX = new(new[] { pair.Difference.Interval?.Half ?? double.NaN }),
            Marker = new(Palette.Color(place), 9, MarkerSymbol.Diamond),
            HoverText = [$"{label}\n{Numbers.Percent(pair.Difference.Sample.Mean)} behind, p {Numbers.Significant(pair.Adjusted, 2)} after correction"],
        };
    }
}
