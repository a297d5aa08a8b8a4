using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>The sharpness along training beside the limit of the rule, and as a share of it.</summary>
sealed class SharpnessCurves : IPicture
{
    const double LimitLine = 1.3;

    public string Name => "sharpness";

    public string Shows => "The sharpness along training with the limit above which the rule is unstable on a quadratic, and its share of that limit.";

    public string? Missing(PictureStudy study) => Gauge.Missing(study, Name, SharpnessGauge.NameInStudies);

    public Figure Draw(PictureStudy study)
    {
        var sharpness = new CurveFigure(study.Drawn, new("step", ValueFormat.Number, Compared, IsNoisy: true), study.Band, study.Repeat);
        var share = new CurveFigure(study.Drawn, new("step", ValueFormat.Number, trial => Gauge.Columns(trial, SharpnessGauge.NameInStudies, SharpnessGauge.Ratio), IsNoisy: true), study.Band, study.Repeat);
        var limits = study.Drawn.SelectMany(Limit).ToList();
        var axis = CurveAxes.Loss(sharpness);
        axis = axis.Type == AxisType.Log ? axis : axis with { Minimum = 0 };
        bool hasShare = limits.Count > 0;
        string name = study.Trials.Any(IsPreconditioned) ? "Sharpness, preconditioned where the rule divides by a second moment" : "Sharpness";
        return new()
        {
            Data =
            [
                .. sharpness.Traces(axis.Maximum), .. limits.Select((line, i) => line with { ShowsLegend = i == 0 }),
                .. hasShare ? share.Traces(null).Select(trace => trace with { Panel = 2, ShowsLegend = false }) : [],
            ],
            Layout = new()
            {
                Title = $"Sharpness along training of {study.Name}",
                Subtitle = $"The largest eigenvalue of the loss's Hessian on part of the training images. {sharpness.Legend}"
                    + (hasShare ? " Dotted: the limit above which the rule's steps grow on a quadratic." : "") + study.Left,
                Columns = 1,
                Panels =
                [
                    new() { Title = name + (axis.Type == AxisType.Log ? ", log axis" : ""), X = new() { Title = "step", Minimum = 0 }, Y = axis },
                    .. hasShare ? [new Panel { Title = "Share of the limit", X = new() { Title = "step", Minimum = 0 }, Y = new() { Minimum = 0 }, ReferenceLines = [new(AxisLetter.Y, 1, "limit")] }]
                        : Array.Empty<Panel>(),
                ],
            },
        };
    }

    static bool IsPreconditioned(TrialResult trial) => trial.Gauges.Any(x => x[SharpnessGauge.Preconditioned] is not null);

    /// <summary>What is held against the limit.</summary>
    static (double[] X, double[] Y) Compared(TrialResult trial) =>
        Gauge.Columns(trial, SharpnessGauge.NameInStudies, IsPreconditioned(trial) ? SharpnessGauge.Preconditioned : SharpnessGauge.Sharpness);

    /// <summary>All seeds have one schedule, and so one limit.</summary>
    static IEnumerable<ScatterTrace> Limit(DrawnSetting setting)
    {
        var (x, y) = setting.Setting.Trials.Select(trial => Gauge.Columns(trial, SharpnessGauge.NameInStudies, SharpnessGauge.Limit)).MaxBy(columns => columns.X.Length);
        if (x is { Length: > 0 })
        {
            yield return new()
            {
                Name = "limit",
                X = x,
                Y = y,
                Line = new(setting.Color, LimitLine, Dash.Dotted),
                HoverText = [.. y.Select(value => $"{setting.Setting.Label}: limit {Numbers.Significant(value)}")],
            };
        }
    }
}
