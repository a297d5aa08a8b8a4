using Descent.Data;
using Descent.Studies.Definition;

namespace Descent.Studies.Running;

/// <summary>How much trials have to do, by the published sizes of their data set: no file is looked at.</summary>
/// <param name="TrainedImages">Images of all steps together; one that comes twice counts twice.</param>
/// <param name="MeasuredImages">Images of all evaluations together.</param>
/// <param name="GaugedImages">Images of steps that would take as long as all gauges.</param>
public sealed record StudySize(long TrainedImages, long MeasuredImages, long GaugedImages = 0)
{
    public static StudySize Of(IEnumerable<TrialSettings> trials) => trials.Select(Of).Aggregate(new StudySize(0, 0), (sum, one) =>
        new(sum.TrainedImages + one.TrainedImages, sum.MeasuredImages + one.MeasuredImages, sum.GaugedImages + one.GaugedImages));

    /// <summary>Batches of an epoch; the last may be smaller.</summary>
    public static long BatchesPerEpoch(TrialSettings trial) =>
        BatchOrder.CountBatches(WorkloadTrainings.Order(trial.Order), TrainingImages(trial), trial.BatchSize);

    public static long Steps(TrialSettings trial) => trial.Steps ?? (trial.Epochs!.Value * BatchesPerEpoch(trial));

    static StudySize Of(TrialSettings trial)
    {
        var set = SetOf(trial);
        long steps = Steps(trial), batches = BatchesPerEpoch(trial), images = TrainingImages(trial);
        bool hasShortBatches = trial.Order != "replacement";
        long trained = hasShortBatches ? (steps / batches * images) + (steps % batches * trial.BatchSize) : steps * trial.BatchSize;
        long evaluations = StudyEvaluation.Interval(trial.Evaluation) is { } every ? trained / every : steps / batches;
        long each = Measured("train", images) + Measured("validation", trial.ValidationCount) + Measured("test", set.TestCount + set.DrawnTestCount);
        return new(trained, (1 + evaluations) * each, GaugeEstimate.Images(trial));

        long Measured(string part, long all) => Math.Min(all, StudyEvaluation.Images(trial.Evaluation, part) ?? all);
    }

    static long TrainingImages(TrialSettings trial)
    {
        var set = SetOf(trial);
        return trial.Data is { } data && DataSelection.Parse(data) is { First: { } first, Last: { } last } ? last - first + 1
            : set.TrainCount - set.DrawnTestCount - trial.ValidationCount;
    }

    static DataSetDescription SetOf(TrialSettings trial) => trial.FindWorkload().Data;
}
