using Descent.Studies;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Results;

static class StoredResults
{
    public static IReadOnlyList<TrialResult> Of(IStudyStore store, StoredStudy study) => [.. store.Trials(study.Name).Select(x => Of(store, study, x))];

    public static TrialResult Of(IStudyStore store, StoredStudy study, StudyTrial x)
    {
        var epochs = store.Epochs(x.Trial.Id).Select(e => new EpochPoint(e.Epoch, e.Step, e.TrainLoss, e.TrainAccuracy, e.TestLoss, e.TestAccuracy)).ToList();
        var accuracies = epochs.Where(e => double.IsFinite(e.TestAccuracy)).ToList();
        return new()
        {
            Id = x.Trial.Id,
            Optimizer = x.Label,
            Settings = x.Told,
            Seed = x.Trial.Settings.Seed,
            State = x.Trial.State,
            StoppedAtStep = x.Trial.DivergedAtStep,
            Reason = x.Trial.Reason,
            Steps = store.Steps(x.Trial.Id),
            Epochs = epochs,
            FinalTestAccuracy = x.Trial.State == TrialState.Complete && accuracies.Count > 0 ? accuracies[^1].TestAccuracy : null,
            BestTestAccuracy = accuracies.Count > 0 ? accuracies.Max(e => e.TestAccuracy) : null,
            StepsToTarget = study.Target is { } target ? accuracies.Where(e => e.TestAccuracy >= target).Select(e => (long?)e.Step).FirstOrDefault() : null,
            Seconds = x.Trial.WallSeconds,
            ProcessorSeconds = x.Trial.ProcessorSeconds,
            EndedAt = x.Trial.EndedAt,
        };
    }
}
