using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Pictures.Effects;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>How much room each optimizer leaves for its learning rate.</summary>
sealed class Sensitivity : IPicture
{
    public string Name => "sensitivity";

    public string Shows => "The learning rates at which each optimizer is within one percent point of its best, with their width in powers of ten.";

    public string? Missing(PictureStudy study) => Needs.Complete(study, Name) ?? (Costs(study).Any(cost => cost.Width is not null) ? null
        : $"{Name} compares several learning rates of an optimizer, and {study.Name} has one of each: give a list, or search.");

    public Figure Draw(PictureStudy study)
    {
        var costs = Costs(study).Where(cost => cost.Width is not null).OrderByDescending(cost => cost.Width!.Decades).ToList();
        return new()
        {
            Data = [.. costs.Select(Trace)],
            Layout = new()
            {
                Title = $"Learning rates within {ComparedMetric.Points(ComparisonRequest.UsualDelta)} of the best in {study.Name}",
                Subtitle = $"By final {study.HeldOut.Split} {ComparedMetric.Of(study.Trials).Name}; where other values vary too, each rate counts by its best setting. > marks an end at the edge of what was tried: "
                    + "the true one lies beyond. Behind each name the width in powers of ten.",
                ShowsLegend = false,
                Panels = [new() { X = SweepAxis.Of("learning rate, log axis", Tried(study)), Y = new() { Type = AxisType.Category, IsReversed = true } }],
            },
        };
    }

    static IEnumerable<double> Tried(PictureStudy study) =>
        study.Trials.Select(trial => Statistics.TrialKeys.Number(Statistics.TrialKeys.Value(trial, "learning_rate"))).OfType<double>();

    static IReadOnlyList<TuningCost> Costs(PictureStudy study) => TuningCost.OfTrials(study.Trials, study.HeldOut, ComparisonRequest.UsualDelta);

    static ScatterTrace Trace(TuningCost cost, int place)
    {
        var width = cost.Width!;
        string text = $"{cost.Label}: {(width.IsOpenBelow || width.IsOpenAbove ? "> " : "")}{Numbers.Fixed(width.Decades, 1)}";
        return new()
        {
            Name = cost.Label,
            Mode = ScatterMode.LinesAndMarkers,
            X = new[] { width.Lower, width.Upper },
            Y = new[] { text, text },
            Line = new(Palette.Color(place), 4),
            Marker = new(Palette.Color(place), 9, MarkerSymbol.Square),
            HoverText = [$"{(width.IsOpenBelow ? "or less than " : "")}{Numbers.Significant(width.Lower, 3)}", $"{(width.IsOpenAbove ? "or more than " : "")}{Numbers.Significant(width.Upper, 3)}"],
        };
    }
}
