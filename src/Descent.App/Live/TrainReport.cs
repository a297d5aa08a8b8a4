using Descent.App.Commands;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>What <c>train</c> prints before, while and after it trains.</summary>
sealed class TrainReport(Invocation invocation, TrialSettings settings, int threads)
{
    /// <summary>More numbers than this are for --json, or for a study.</summary>
    const int MostRead = 7;

    readonly TextWriter output = invocation.Terminal.Out;

    /// <summary>What stands in the place of the accuracy.</summary>
    public string Metric { get; } = MetricName.Of(settings.FindWorkload());

    public void Begin()
    {
        if (invocation.IsJson || invocation.IsQuiet)
        {
            return;
        }

        string budget = settings.Steps is { } steps ? Format.Count(steps, "step", "steps") : Format.Count(settings.Epochs!.Value, "epoch", "epochs");
        new FactSheet()
            .Add("Workload", $"{settings.Workload}{string.Concat(LaterModelOptions.LeaveOut(settings).Select(x => $", {x.Name} {x.Value}"))}")
            .Add("Optimizer", $"{settings.Optimizer} {Format.Settings(settings.Hyperparameters)}")
            .Add("Moved by", MovedBy())
            .Add("Schedule", settings.Schedules == StudySchedules.None ? null : string.Join('\n', settings.Schedules.All.Select(x =>
                x.Key == StudySchedules.Keys[0] ? StudySchedules.Short(x.Schedule) : $"{x.Key} {StudySchedules.Short(x.Schedule)}")))
            .Add("Clipping", settings.Clip.Count == 0 ? null : StudyClipping.Short(settings.Clip))
            .Add("Budget", $"{budget} of batches of {BatchText.Of(settings.BatchSize, settings.PhysicalBatch)}{(settings.Data is { } data ? $", on {data}" : "")}")
            .Add("Normalization", settings.Normalization)
            .Add("Images", settings.FindWorkload().Augmentation is not { } augmentation ? null
                : settings.IsAugmented ? $"changed at random: {augmentation.Name}" : "as they are")
            .Add("Gauges", settings.Gauges.Count == 0 ? null : StudyGauges.Short(settings.Gauges))
            .Add("Start", settings.Init is { } init ? $"{init.Source}{(init.IsExceptHead ? ", the last layer fresh" : "")}" : null)
            .Add("Numbers", $"seed {settings.Seed}, {settings.Precision}{(settings.IsExact ? ", exact sums" : "")}, initialization {settings.Initialization}, "
                + $"{threads} {(threads == 1 ? "thread" : "threads")}")
            .Write(invocation.Terminal);
        output.WriteLine();
    }

    /// <summary>What evaluate asks for where the file cannot say it.</summary>
    string Workload(string path) => Path.GetExtension(path) == ".safetensors" || settings.Problem is not null ? "" : $" --workload {settings.Workload}";

    /// <summary>Which rule moves what, where the optimizer hands parameters to another; null where it moves all.</summary>
    string? MovedBy()
    {
        var training = WorkloadTrainings.Settings(settings, invocation.Optimizers());
        var shares = RuleShare.Of(training.Optimizer, training.Model.Parameters, training.ParameterGroups);
        bool isElsewhere = RuleShare.IsElsewhere(training.Optimizer, shares);
        return shares.Count == 1 && !isElsewhere ? null
            : string.Join(", ", shares.Select(x => $"{x.Rule} {Format.Count(x.Parameters, "parameter", "parameters")} of {Format.Count(x.Numbers)} numbers"))
                + (isElsewhere ? $"; {settings.Optimizer} itself moves none of them" : "");
    }

    /// <summary>What is printed while it trains, where nothing is painted.</summary>
    public ITrainingObserver Lines(TrainingProgress progress) => invocation.IsJson ? new TrainingJson(output)
        : invocation.IsQuiet ? new SeveralObservers() : new TrainingLines(output, progress, Metric, invocation.Terminal.Time);

    /// <param name="test">What was measured last on the test split; null where nothing was.</param>
    /// <param name="saved">The files of <c>--save</c>; null without.</param>
    public void End(TrainingOutcome outcome, TrainingProgress progress, EvaluationResult? test, SavedWeights? saved)
    {
        var summary = TrainSummary.Of(settings, threads, outcome, progress, test, saved);
        if (invocation.IsJson)
        {
            Json.WriteLine(output, summary);
            return;
        }

        if (invocation.IsLive)
        {
            output.WriteLine(EpochTable.Header(progress.Epochs.Count > 0 ? progress.Epochs[0] : null, Metric));
            foreach (var epoch in progress.Epochs)
            {
                output.WriteLine(EpochTable.Line(epoch));
            }
        }

        WriteSummary(summary, progress);
        if (outcome.End == TrainingEnd.Cancelled)
        {
            invocation.Terminal.Error.WriteLine($"Cancelled after step {outcome.Steps}.");
        }
    }

    /// <summary>What a gauge cost, and what it said last where that is few numbers.</summary>
    static string Read(TrainingProgress.GaugeCost gauge, double seconds) =>
        $"{gauge.Last.Gauge}: {Format.Count(gauge.Readings)} readings in {Format.Duration(gauge.Seconds)} beside {Format.Duration(seconds)} of training"
            + (gauge.Last.Metrics.Count > MostRead ? "" : $"; after step {Format.Count(gauge.Last.Step)} "
                + string.Join(", ", gauge.Last.Metrics.Zip(gauge.Last.Values, (metric, value) => $"{metric} {Format.Number(value)}")));

    /// <summary>The training's loss and accuracy stand in the last line of the evaluations, where these are printed.</summary>
    void WriteSummary(TrainSummary summary, TrainingProgress progress)
    {
        if (!invocation.IsQuiet)
        {
            output.WriteLine();
        }

        new FactSheet()
            .Add("Skipped", summary.SkippedSteps > 0 ? $"{Format.Count(summary.SkippedSteps)} of {Format.Count(summary.Steps)} steps: "
                + "loss or gradient was not finite" : null)
            .Add("Diverged", summary.DivergedAtStep is { } step ? $"at step {step}: loss or gradient was not finite" : null)
            .Add("Train", summary.FinalTrainLoss is null || !invocation.IsQuiet ? null
                : $"loss {Format.Number(summary.FinalTrainLoss)}, {Metric} {Format.Percent(summary.TrainAccuracy)}")
            .Add("Test", summary.TestLoss is null ? null
                : $"loss {Format.Number(summary.TestLoss)}, {Metric} {Format.Percent(summary.TestAccuracy)}")
            .Add("Each class", summary.ClassAccuracy is null ? null
                : string.Join(", ", summary.Classes.Zip(summary.ClassAccuracy, (name, accuracy) => $"{name} {Format.Percent(accuracy)}")))
            .Add("Speed", $"{Format.Count((long)summary.ImagesPerSecond)} images/s in training alone, "
                + $"{Format.Count(summary.Steps)} steps in {Format.Duration(summary.Seconds)}")
            .Add("Gauges", progress.Gauges.Count == 0 ? null : string.Join('\n', progress.Gauges.Values.Select(x => Read(x, summary.Seconds))))
            .Add("Parameters", summary.ParametersHash)
            .Add("Best epoch", summary.BestCheckpoint)
            .Add("Checkpoint", summary.Checkpoint is { } path ? $"{path}\nSee: descent evaluate {path}{Workload(path)}" : null)
            .Write(invocation.Terminal);
    }
}
