using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>The share of seeds that have met the target, over the steps.</summary>
sealed class TimeToTargetCurves : IPicture
{
    public string Name => "time-to-target";

    public string Shows => "The share of seeds that have met the target by a step, each optimizer at its chosen setting; divergence competes.";

    public string? Missing(PictureStudy study) => ComparedStudy.Missing(study, Name, needsTarget: true);

    public Figure Draw(PictureStudy study)
    {
        var comparison = ComparedStudy.Of(study);
        var times = comparison.Times(Clock.Steps);
        double end = Math.Max(1, times.SelectMany(x => x.Curve.Trials).Max(trial => trial.Time));
        int diverged = times.Sum(x => x.Diverged);
        return new()
        {
            Data = [.. times.Select((x, place) => Curve(x, place, end))],
            Layout = new()
            {
                Title = $"Seeds of {study.Name} that have met {SummaryText.Value(study.Target!)} {study.Target!.Metric}",
                Subtitle = "Aalen and Johansen's estimator. Trials that missed the target are censored; "
                    + (diverged == 0 ? "none diverged." : $"{diverged} that diverged never reach it."),
                Panels = [new() { X = new() { Title = "step", Minimum = 0, Maximum = end }, Y = new() { Title = "share of seeds", Format = ValueFormat.Percent, Minimum = 0, Maximum = 1 } }],
            },
        };
    }

    static ScatterTrace Curve(TimeToTarget x, int place, double end)
    {
        var (steps, shares) = (new List<double> { 0 }, new List<double> { 0 });
        foreach (var (time, share) in x.Curve.Times.Zip(x.Curve.Reached))
        {
            steps.AddRange([time, time]);
            shares.AddRange([shares[^1], share]);
        }

        return new()
        {
            Name = x.Optimizer.Label,
            Mode = ScatterMode.Lines,
            X = (double[])[.. steps, end],
            Y = (double[])[.. shares, shares[^1]],
            Line = Palette.Line(place),
        };
    }
}
