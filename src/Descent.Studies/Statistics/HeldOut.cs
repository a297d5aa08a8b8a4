namespace Descent.Studies.Statistics;

/// <summary>The images by which settings are told apart: those for validation where a study sets some apart, because settings are chosen by them; else
/// the test split.</summary>
public sealed class HeldOut
{
    readonly Func<EpochPoint, double> loss, accuracy;

    HeldOut(string split, Func<EpochPoint, double> loss, Func<EpochPoint, double> accuracy) =>
        (Split, this.loss, this.accuracy) = (split, loss, accuracy);

    public static HeldOut Validation { get; } = new("validation", point => point.ValidationLoss, point => point.ValidationAccuracy);

    public static HeldOut Test { get; } = new("test", point => point.TestLoss, point => point.TestAccuracy);

    /// <summary><c>validation</c> or <c>test</c>.</summary>
    public string Split { get; }

    public static HeldOut Of(IEnumerable<TrialResult> trials) =>
        trials.Any(trial => trial.Epochs.Any(point => double.IsFinite(point.ValidationAccuracy))) ? Validation : Test;

    public double Loss(EpochPoint point) => loss(point);

    public double Accuracy(EpochPoint point) => accuracy(point);

    /// <summary>After the last step of a complete trial; null where there is none.</summary>
    public double? FinalAccuracy(TrialResult trial) => trial.State == TrialState.Complete && trial.Epochs.Count > 0 ? Measured(accuracy(trial.Epochs[^1])) : null;

    /// <summary>The highest of all evaluations; null where there is none.</summary>
    public double? BestAccuracy(TrialResult trial) => trial.Epochs.Select(point => Measured(accuracy(point))).Max();

    /// <summary>Over the complete trials.</summary>
    public SampleStatistics FinalAccuracy(IEnumerable<TrialResult> trials) =>
        SampleStatistics.Of(trials.Select(FinalAccuracy).OfType<double>());

    static double? Measured(double value) => double.IsFinite(value) ? value : null;
}
