using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>What the batch size does to convergence, accuracy, time and stability, in four panels.</summary>
sealed class BatchSizeEffect : IPicture
{
    const string Key = "batch_size";

    public string Name => "batch-size";

    public string Shows => "Four panels over the batch size: convergence, final accuracy, total time, and how much the last ten epochs vary.";

    public string? Missing(PictureStudy study) => Needs.Several(study, Name, Key) ?? Needs.Complete(study, Name);

    public Figure Draw(PictureStudy study)
    {
        string split = study.HeldOut.Split;
        var sweeps = Sweep.Of(study, Key);
        var sizes = SweepAxis.Of(Key, sweeps.SelectMany(sweep => sweep.Points).Select(point => point.Value));
        var curves = new PictureStudy(study.Name, [.. study.Trials], study.IsGrouped ? [Key] : [.. Telling(study, sweeps)]) { HeldOut = study.HeldOut, Band = study.Band };
        var convergence = new CurveFigure(curves.Drawn, CurvePanel.HeldOutAccuracy(study).Quantity, study.Band, curves.Repeat);
        return new()
        {
            Data =
            [
                .. convergence.Traces(null),
                .. Unnamed(sweeps, SweepLines.Of(study, sweeps, ValueFormat.Percent, study.HeldOut.FinalAccuracy, 2, Key)),
                .. Unnamed(sweeps, SweepLines.Of(study, sweeps, ValueFormat.Number, trial => trial.Seconds, 3, Key)),
                .. Unnamed(sweeps, SweepLines.Of(study, sweeps, ValueFormat.Percent, trial => Stability.DeviationOf(trial, study.HeldOut), 4, Key)),
            ],
            Layout = new()
            {
                Title = $"Effect of the batch size in {study.Name}",
                Subtitle = SweepLines.Legend(study, sweeps),
                Columns = 2,
                Panels =
                [
                    new() { Title = $"Convergence: {split} {study.Metric}", X = new() { Title = "epoch", Minimum = 0 }, Y = new() { Format = ValueFormat.Percent } },
                    new() { Title = $"{CurvePanel.Capital(split)} {study.Metric} after the last step", X = sizes, Y = new() { Format = ValueFormat.Percent } },
                    new() { Title = "Seconds of training", X = sizes, Y = new() { Minimum = 0 } },
                    new()
                    {
                        Title = "Standard deviation at the end",
                        X = sizes,
                        Y = new() { Title = $"of {split} {study.Metric}, last {Stability.LastEpochs} epochs or third", Format = ValueFormat.Percent, Minimum = 0 },
                    },
                ],
            },
        };
    }

    /// <summary>One line alone says what it is by its panel's title.</summary>
    static IEnumerable<Trace> Unnamed(IReadOnlyList<Sweep> sweeps, IEnumerable<Trace> traces) =>
        traces.Select(trace => trace with { ShowsLegend = trace.ShowsLegend && sweeps.Count > 1 });

    /// <summary>What tells the lines of the first panel apart: the batch size, also where the study's settings do not name it.</summary>
    static IEnumerable<string> Telling(PictureStudy study, IReadOnlyList<Sweep> sweeps) =>
        (sweeps.Any(sweep => sweep.IsMixed) ? [Key] : TrialKeys.Telling(study.Trials).Append(Key).Distinct())
        .Prepend(TrialKeys.Optimizer).Where(key => TrialKeys.Values(study.Trials, key).Count > 1);
}
