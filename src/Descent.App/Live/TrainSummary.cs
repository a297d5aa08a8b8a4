using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>The last object of <c>train --json</c>.</summary>
/// <param name="End">complete, diverged or cancelled.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="SkippedSteps">Those of them that were left out because loss or gradient was not finite.</param>
/// <param name="Schedules">By their keys, each with all its values; empty where everything is constant.</param>
/// <param name="Seconds">Of training alone.</param>
/// <param name="ImagesPerSecond">Of training alone.</param>
/// <param name="FinalTrainLoss">Mean over the training split with the parameters of the hash; null unless complete, as are the next
/// three.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="ClassAccuracy">Of each class, on the test split with the parameters of the hash; null unless complete.</param>
/// <param name="GradientEvaluations">Gradients taken: as many as steps for most rules, more for those that take it again.</param>
/// <param name="HessianProducts">Products with the Hessian taken.</param>
/// <param name="ParametersHash">SHA-256 over the bytes of all parameters.</param>
/// <param name="Epochs">All evaluations, that before the first step among them.</param>
/// <param name="Checkpoint">The file of <c>--save</c>.</param>
/// <param name="BestCheckpoint">That of the epoch with the highest validation accuracy; null where there is none.</param>
sealed record TrainSummary(string Workload, string Optimizer, IReadOnlyDictionary<string, object> Hyperparameters,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Schedules, string Initialization,
    ulong Seed, string Precision, int BatchSize, int Threads, string TrialId, TrainingEnd End, long Steps, long SkippedSteps, long? DivergedAtStep,
    double Seconds, double ImagesPerSecond, double? FinalTrainLoss, double? TrainAccuracy, double? TestLoss, double? TestAccuracy,
    IReadOnlyList<string> Classes, IReadOnlyList<double>? ClassAccuracy, long GradientEvaluations, long HessianProducts,
    string ParametersHash, TrainSummary.Evaluation[] Epochs, string? Checkpoint, string? BestCheckpoint)
{
    public static TrainSummary Of(TrialSettings settings, int threads, TrainingOutcome outcome, TrainingProgress progress, EvaluationResult? test,
        SavedWeights? saved)
    {
        Evaluation[] epochs = [.. progress.Epochs.Select(Evaluation.Of)];
        var last = outcome.End == TrainingEnd.Complete ? epochs[^1] : null;
        return new(settings.Workload, settings.Optimizer, Json.Values(settings.Hyperparameters),
            settings.Schedules.All.ToDictionary(x => x.Key, x => Json.Values(x.Schedule)), settings.Initialization, settings.Seed,
            settings.Precision, settings.BatchSize, threads, settings.Id, outcome.End, outcome.Steps, outcome.SkippedSteps, outcome.DivergedAtStep,
            epochs.Length == 0 ? 0 : epochs[^1].Seconds, outcome.ImagesPerSecond, last?.TrainLoss, last?.TrainAccuracy, last?.TestLoss, last?.TestAccuracy,
            settings.FindWorkload().Data.ClassNames, last is null || test is { Determination: not null } ? null : test?.ClassAccuracy,
            outcome.GradientEvaluations, outcome.HessianProducts, outcome.ParametersHash, epochs, saved?.Path, saved?.BestPath);
    }

    /// <param name="ValidationLoss">Null where no images are set apart, as the accuracy.</param>
    internal sealed record Evaluation(int Epoch, long Step, double? TrainLoss, double? TrainAccuracy, double? ValidationLoss,
        double? ValidationAccuracy, double? TestLoss, double? TestAccuracy, double Seconds)
    {
        public static Evaluation Of(EpochRecord epoch) => new(epoch.Epoch, epoch.Step, epoch.TrainLoss, epoch.TrainAccuracy,
            epoch.ValidationLoss, epoch.ValidationAccuracy, epoch.TestLoss, epoch.TestAccuracy, epoch.Seconds);
    }
}
