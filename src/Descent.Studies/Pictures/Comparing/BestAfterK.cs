using Descent.Studies.Charts;
using Descent.Studies.Comparisons;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>What tuning buys.</summary>
sealed class BestAfterK : IPicture
{
    public string Name => "best-after-k";

    public string Shows => "The accuracy that the best of k settings of an optimizer has on average, with the band of four cases in five.";

    public string? Missing(PictureStudy study) => study.Trials.All(trial => study.HeldOut.FinalAccuracy(trial) is null) ? Needs.Complete(study, Name)
        : study.Trials.GroupBy(trial => trial.Optimizer).All(same => Statistics.StudySummary.From(same).Settings.Count < 2)
            ? $"{Name} compares several settings of an optimizer, and {study.Name} has one of each: give a list, or search." : null;

    public Figure Draw(PictureStudy study)
    {
        var costs = TuningCost.OfTrials(study.Trials, study.HeldOut, ComparisonRequest.UsualDelta);
        return new()
        {
            Data = [.. costs.SelectMany(Traces)],
            Layout = new()
            {
                Title = $"The best of k settings in {study.Name}",
                Subtitle = $"Final {study.HeldOut.Split} {ComparedMetric.Of(study.Trials).Name} of the best of k settings taken at random from those that were run; the band holds four cases in five, and closes at "
                    + "the last one.",
                Panels = [new() { X = new() { Title = "k, settings tried", Minimum = 1 }, Y = new() { Title = $"{study.HeldOut.Split} {ComparedMetric.Of(study.Trials).Name}", Format = ValueFormat.Percent } }],
            },
        };
    }

    static IEnumerable<Trace> Traces(TuningCost cost, int place)
    {
        double[] Column(Func<Statistics.Tuning.BestAfterTrials, double> value) => [.. cost.Curve.Select(value)];
        var line = new ScatterTrace
        {
            Name = cost.Label,
            Mode = ScatterMode.LinesAndMarkers,
            X = Column(x => x.Trials),
            Y = Column(x => x.Expected),
            Line = Palette.Line(place),
            Marker = Palette.Marker(place) with { Size = 5 },
        };
        return Band.Around(line, Column(x => x.Lower), Column(x => x.Upper));
    }
}
