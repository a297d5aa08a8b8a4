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
        var moments = Moments(study);
        var panel = new Panel
        {
            X = ShareAxis.Of(study.Trials.SelectMany(trial => moments.Select(moment => moment.Of(trial))).OfType<EpochPoint>()
                .SelectMany(point => new[] { point.TrainAccuracy, study.HeldOut.Accuracy(point) })),
            Y = new() { Type = AxisType.Category, IsReversed = true },
        };
        return new()
        {
            Data =
            [
                .. moments.SelectMany((moment, place) => new[]
                {
                    Bars(study, moment, place, 1, point => point.TrainAccuracy),
                    Bars(study, moment, place, 2, study.HeldOut.Accuracy),
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

    /// <summary>The study's epochs that any trial has; else a quarter, the half and the end of each trial's own budget.</summary>
    static List<Moment> Moments(PictureStudy study)
    {
        var kept = study.Trials.SelectMany(trial => trial.Epochs).Select(point => point.Epoch).Where(epoch => study.Checkpoints.Any(checkpoint => checkpoint == epoch)).Distinct().Order().ToList();
        if (kept.Count > 0)
        {
            return [.. kept.Select(epoch => new Moment($"epoch {Numbers.Significant(epoch)}", trial => trial.Epochs.Where(point => point.Epoch == epoch).Select(point => (EpochPoint?)point).FirstOrDefault()))];
        }

        int most = study.Trials.Max(trial => trial.Epochs.Count);
        return
        [
            .. new[] { ("a quarter", 4), ("half", 2), ("the end", 1) }.Where(part => most > part.Item2)
                .Select(part => new Moment(part.Item1, trial => trial.Epochs.Count > part.Item2 ? trial.Epochs[(trial.Epochs.Count - 1) / part.Item2] : null)),
        ];
    }

    static BarTrace Bars(PictureStudy study, Moment moment, int place, int panel, Func<EpochPoint, double> value)
    {
        var samples = study.Drawn.Select(drawn => SampleStatistics.Of(drawn.Setting.In(TrialState.Complete)
            .Select(moment.Of).OfType<EpochPoint>().Select(value).Where(double.IsFinite))).ToList();
        return new()
        {
            Name = moment.Name,
            Panel = panel,
            Orientation = Orientation.Horizontal,
            X = samples.Select(sample => sample.Mean).ToArray(),
            Y = study.Drawn.Select(drawn => drawn.Setting.Label).ToArray(),
            ErrorX = new(samples.Select(sample => sample.StandardDeviation ?? double.NaN).ToArray()),
            Text = [.. study.Drawn.Zip(samples, (drawn, sample) => sample.Count > 0 ? Numbers.Percent(sample.Mean) : drawn.Setting.In(TrialState.Complete).Any() ? "not measured" : "none complete")],
            HoverText = [.. study.Drawn.Zip(samples, (drawn, sample) => $"{drawn.Setting.Label}, {moment.Name}\n{SummaryText.Accuracy(sample)}")],
            Marker = Palette.Bar(place),
        };
    }

    /// <summary>A time in training.</summary>
    /// <param name="Name">In words.</param>
    /// <param name="Of">What a trial measured then; null where it did not.</param>
    sealed record Moment(string Name, Func<TrialResult, EpochPoint?> Of);
}
