using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Curves;

/// <summary>Both accuracies in one panel: the gap between a setting's two lines is what it fits beyond what it learns.</summary>
sealed class TrainAgainstHeldOut : IPicture
{
    /// <summary>More pairs of lines cross each other too often.</summary>
    const int Most = 4;

    public string Name => "train-against-validation";

    public string Shows => "Training (dashed) and held-out accuracy (solid) after each epoch in one panel.";

    public string? Missing(PictureStudy study) => Needs.Epochs(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var shown = study.Drawn.OrderByDescending(x => DrawnSetting.Accuracy(x.Setting)).Take(Most).OrderBy(x => x.Place)
            .Select((x, place) => x with { Place = place }).ToList();
        string left = shown.Count == study.Drawn.Count ? study.Left
            : $" The {Most} settings of the highest final test {study.Metric}, of {study.Summary.Settings.Count}; --where chooses others.";
        var lines = shown.SelectMany(x => Line(study, x, "train", point => point.TrainAccuracy, Dash.Dashed)
            .Concat(Line(study, x, study.HeldOut.Split, study.HeldOut.Accuracy, Dash.Solid))).ToList();
        double worst = lines.Select(line => line.Y.Numbers[^1]).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        double start = CurveAxes.AccuracyStart(lines.SelectMany(line => line.Y.Numbers.ToArray()), worst);
        return new()
        {
            Data = [.. lines],
            Layout = new()
            {
                Title = $"Training against {study.HeldOut.Split} {study.Metric} of {study.Name}",
                Subtitle = $"Means over the complete {study.Repeat}s.{left}{(start > 0 ? $" The axis starts at {Numbers.Percent(start, 0)}." : "")}",
                Panels = [new() { X = new() { Title = "epoch", Minimum = 0 }, Y = new() { Title = study.Metric, Format = ValueFormat.Percent, Minimum = start > 0 ? start : null } }],
            },
        };
    }

    static IEnumerable<ScatterTrace> Line(PictureStudy study, DrawnSetting drawn, string split, Func<EpochPoint, double> value, Dash dash)
    {
        var quantity = Quantity.AtEpochs(ValueFormat.Percent, value);
        var curve = SeedCurve.Of([.. drawn.Setting.In(TrialState.Complete).Select(quantity.Columns).Where(columns => columns.X.Length > 0)], study.Band);
        if (curve.X.Length > 0)
        {
            yield return new ScatterTrace
            {
                Name = $"{drawn.Setting.Label}, {split}",
                X = curve.X,
                Y = curve.Mean,
                Line = new(drawn.Color, Dash: dash),
            };
        }
    }
}
