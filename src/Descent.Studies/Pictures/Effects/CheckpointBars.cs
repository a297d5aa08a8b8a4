using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>Both accuracies at some epochs, side by side.</summary>
sealed class CheckpointBars : IPicture
{
    public string Name => "checkpoint-bars";

    public string Shows => "Training and held-out accuracy at the epochs of the study's checkpoints (else at a quarter, the half and the end), as bars.";

    public string? Missing(PictureStudy study) => Needs.Complete(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var epochs = Epochs(study);
        var panel = new Panel
        {
            X = ShareAxis.Of(study.Trials.SelectMany(trial => trial.Epochs).Where(point => epochs.Contains(point.Epoch))
                .SelectMany(point => new[] { point.TrainAccuracy, study.HeldOut.Accuracy(point) })),
            Y = new() { Type = AxisType.Category, IsReversed = true },
        };
        return new()
        {
            Data =
            [
                .. epochs.SelectMany((epoch, place) => new[]
                {
                    Bars(study, epoch, place, 1, point => point.TrainAccuracy),
                    Bars(study, epoch, place, 2, study.HeldOut.Accuracy),
                }),
            ],
            Layout = new()
            {
                Title = $"{CurvePanel.Capital(study.Metric)} at checkpoints of {study.Name}",
                Subtitle = $"Means over the complete {study.Repeat}s; whiskers are one standard deviation (n − 1).{study.Left}",
                Columns = 2,
                Panels = [panel with { Title = $"Training {study.Metric}" }, panel with { Title = $"{CurvePanel.Capital(study.HeldOut.Split)} {study.Metric}" }],
            },
        };
    }

    /// <summary>The study's epochs that any trial has, else a quarter, the half and the end of the longest trial.</summary>
    static List<double> Epochs(PictureStudy study)
    {
        var measured = study.Trials.SelectMany(trial => trial.Epochs).Select(point => point.Epoch).Where(epoch => epoch > 0).Distinct().Order().ToList();
        var kept = measured.Where(epoch => study.Checkpoints.Any(checkpoint => checkpoint == epoch)).ToList();
        return kept.Count > 0 ? kept : [.. new[] { measured.Count / 4, measured.Count / 2, measured.Count }.Where(n => n > 0).Distinct().Select(n => measured[n - 1])];
    }

    static BarTrace Bars(PictureStudy study, double epoch, int place, int panel, Func<EpochPoint, double> value)
    {
        var samples = study.Drawn.Select(drawn => SampleStatistics.Of(drawn.Setting.In(TrialState.Complete)
            .SelectMany(trial => trial.Epochs.Where(point => point.Epoch == epoch).Select(value)).Where(double.IsFinite))).ToList();
        return new()
        {
            Name = $"epoch {Numbers.Significant(epoch)}",
            Panel = panel,
            Orientation = Orientation.Horizontal,
            X = samples.Select(sample => sample.Mean).ToArray(),
            Y = study.Drawn.Select(drawn => drawn.Setting.Label).ToArray(),
            ErrorX = new(samples.Select(sample => sample.StandardDeviation ?? double.NaN).ToArray()),
            Text = [.. samples.Select(sample => sample.Count == 0 ? "none complete" : Numbers.Percent(sample.Mean))],
            HoverText = [.. study.Drawn.Zip(samples, (drawn, sample) => $"{drawn.Setting.Label}, epoch {Numbers.Significant(epoch)}\n{SummaryText.Accuracy(sample)}")],
            Marker = Palette.Bar(place),
        };
    }
}
