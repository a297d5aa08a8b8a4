using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>What accuracy costs in time.</summary>
sealed class TimeAgainstAccuracy : IPicture
{
    const double LogRatio = 30;

    public string Name => "time-against-accuracy";

    public string Shows => "Seconds of training against final held-out accuracy, a point for each setting.";

    public string? Missing(PictureStudy study) => Needs.Complete(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var points = study.Summary.Settings.Select(setting => (setting, Accuracy: study.HeldOut.FinalAccuracy(setting.Trials)))
            .Where(point => point.Accuracy.Count > 0 && point.setting.Seconds.Count > 0).ToList();
        bool isLog = points.Max(point => point.setting.Seconds.Mean) > LogRatio * points.Min(point => point.setting.Seconds.Mean);
        bool isNamed = points.Count <= 2 * DrawnSetting.Most;
        string names = isNamed ? "" : " Rest the pointer on a point for its name.";
        return new()
        {
            Data = [.. points.Select((point, place) => Point(point.setting, point.Accuracy, place) with { ShowsLegend = isNamed })],
            Layout = new()
            {
                Title = $"Time against {study.Metric} in {study.Name}",
                Subtitle = $"Means over the complete {study.Repeat}s; whiskers are one standard deviation (n − 1). Wall time of training alone: trials that "
                    + $"ran side by side slow each other down.{names}",
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "seconds of training", Type = isLog ? AxisType.Log : AxisType.Linear, Minimum = isLog ? null : 0 },
                        Y = new() { Title = $"{study.HeldOut.Split} {study.Metric} after the last step", Format = ValueFormat.Percent },
                    },
                ],
            },
        };
    }

    static ScatterTrace Point(SettingSummary setting, SampleStatistics accuracy, int place) => new()
    {
        Name = setting.Label,
        Mode = ScatterMode.Markers,
        X = new[] { setting.Seconds.Mean },
        Y = new[] { accuracy.Mean },
        ErrorX = new(new[] { setting.Seconds.StandardDeviation ?? double.NaN }),
        ErrorY = new(new[] { accuracy.StandardDeviation ?? double.NaN }),
        Marker = Palette.Marker(place) with { Size = 9 },
        HoverText = [$"{setting.Label}\n{SummaryText.Seconds(setting.Seconds)}, {SummaryText.Accuracy(accuracy)}"],
    };
}
