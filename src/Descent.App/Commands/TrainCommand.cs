using System.CommandLine;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Results;
using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.App.Commands;

/// <summary>Trains one model on all cores.</summary>
sealed class TrainCommand : AppCommand
{
    readonly Argument<string> workload = new("workload") { Description = "Data and model. See: descent list workloads." };

    readonly TrainingOptions options;

    public TrainCommand(Surroundings surroundings)
        : base(surroundings, "train", "One model on all cores, with a live curve.",
            new Example("descent train mnist-mlp --optimizer adamw --set learning_rate=1e-3 --epochs 3", "AdamW on MNIST."),
            new Example("descent train digits-mlp --optimizer sgd --set momentum=0.9 --set model.hidden=[100,100] --save my.safetensors",
                "Two hidden layers; the trained parameters go to a file."),
            new Example("descent train digits-mlp --optimizer sgd --set schedule=cosine --set schedule.warmup=0.1",
                "A warmup over the first tenth, then a cosine down to zero. See: descent list schedules."),
            new Example("descent train digits-mlp --optimizer adam --steps 100 --json",
                "One object a step, last a summary. Loss and accuracies of the summary are over whole splits, after the last step."))
    {
        Add(workload);
        options = new(surroundings.Shared);
        foreach (var option in options.All)
        {
            Add(option);
        }
    }

    protected override int Run(Invocation invocation)
    {
        var optimizers = invocation.Optimizers();
        var study = TrainPlan.Read(invocation, invocation.Get(workload)!, options, optimizers);
        var settings = study.Expand()[0].Settings;
        var time = invocation.Terminal.Time;
        int threads = invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount;
        string? logits = invocation.OutputFile(options.Logits, ".npz");
        var saved = Saved(invocation, study, time);
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var run = new WorkloadTrainings(invocation.DataFolder(), time, optimizers).Create(settings, executor);
        using var stop = new RunStop(invocation.Get(invocation.Shared.MaxTime), time, invocation.Cancellation);
        var report = new TrainReport(invocation, settings, threads);
        report.Begin();
        var progress = new TrainingProgress(run, settings.BatchSize, time);
        IReadOnlyList<ITrainingObserver> observers = saved is null ? [progress] : [progress, saved];
        var outcome = invocation.IsLive
            ? LiveRegion.Run(invocation.Terminal, () => TrainingView.Draw(progress, report.Metric, invocation.Terminal),
                () => run.Run(new SeveralObservers(observers), stop.Token))
            : run.Run(new SeveralObservers([.. observers, report.Lines(progress)]), stop.Token);
        saved?.Write(saved.WantsState ? run.TakeWeightsWithState() : run.TakeWeights());
        if (logits is not null)
        {
            WriteLogits(run, logits);
        }

        report.End(outcome, progress, run.LastTest, saved);
        return outcome.End == TrainingEnd.Cancelled ? ExitCode.Cancelled : ExitCode.Success;
    }

    SavedWeights? Saved(Invocation invocation, StudyDefinition study, TimeProvider time)
    {
        string? file = invocation.OutputFile(options.Save, WeightsFile.Extensions);
        bool wantsState = study.FinalCheckpoint == FinalCheckpoint.State;
        return file is null ? null : wantsState && WeightsFile.IsStateDict(file)
            ? throw new BadInputException($"--save {file}: a state dict of PyTorch holds weights alone; for an optimizer's state beside them the file must end in .safetensors or .npz.")
            : new SavedWeights(file, study.Expand()[0].Settings, study.Checkpoints, time) { WantsState = wantsState };
    }

    static void WriteLogits(ITrainingRun run, string path)
    {
        if (run.LastLogits() is { } logits)
        {
            NpzFile.Write(path, [logits]);
        }
    }
}
