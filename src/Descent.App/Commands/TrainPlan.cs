using Descent.App.Options;
using Descent.Data;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Training;
using Descent.Workloads;

namespace Descent.App.Commands;

/// <summary>What <c>train</c> is asked to do: the one trial of a study of one optimizer and one seed, so that equal settings give equal bits in both.</summary>
sealed record TrainPlan(TrialSettings Settings)
{
    const string Source = "descent train";

    /// <summary>Keys of a study that are not the optimizer's and have no option of their own.</summary>
    static readonly string[] studyKeys = ["clip_norm", "split_seed"];

    /// <exception cref="BadInputException">A name is unknown, a value is wrong, or two contradict each other.</exception>
    public static TrainPlan From(Invocation invocation, string workload, TrainingOptions options)
    {
        var shared = invocation.Shared;
        string optimizer = invocation.Get(shared.Optimizer)
            ?? throw new BadInputException("descent train needs --optimizer, as in --optimizer adamw. See: descent list optimizers");
        if (invocation.Get(shared.Epochs) is not null && invocation.Get(shared.Steps) is not null)
        {
            throw new BadInputException("descent train has a budget of --epochs or of --steps, not both.");
        }

        List<StudyOverride> overrides =
        [
            new("workload", Quoted(workload), Source),
            new("optimizers", $"[{Quoted(optimizer)}]", $"--optimizer {optimizer}"),
            new("seeds", $"[{invocation.Get(shared.Seed) ?? 0}]", "--seed"),
        ];
        AddNumber("epochs", invocation.Get(shared.Epochs), "--epochs");
        AddNumber("steps", invocation.Get(shared.Steps), "--steps");
        AddNumber("batch_size", invocation.Get(shared.BatchSize), "--batch-size");
        AddText("precision", invocation.Get(shared.Precision), "--precision");
        AddText("order", invocation.Get(options.Order), "--order");
        AddText("initialization", invocation.Get(options.Initialization), "--initialization");
        AddText("data", invocation.Get(options.Data), "--data");
        overrides.AddRange((invocation.Get(shared.Set) ?? []).Select(StudyOverride.FromSet).Select(OfTheOptimizer));
        var trials = StudyFile.Parse("name: train\n", Source, overrides).Expand();
        return trials is [var trial] ? new(trial.Settings)
            : throw new BadInputException($"descent train trains one model, these values make {trials.Count}. A study of several is for: descent run");

        void AddNumber(string key, int? value, string option)
        {
            if (value is not null)
            {
                overrides.Add(new(key, $"{value}", $"{option} {value}"));
            }
        }

        void AddText(string key, string? value, string option)
        {
            if (value is not null)
            {
                overrides.Add(new(key, Quoted(value), $"{option} {value}"));
            }
        }
    }

    /// <summary>What the training loop takes.</summary>
    public TrainingSettings ToTraining() => new()
    {
        Model = WorkloadCatalog.Find(Settings.Workload).CreateModel(Settings.Model.ToDictionary(x => x.Name, x => x.Value)),
        Optimizer = OptimizerCatalog.Default.Create(Settings.Optimizer, Settings.Hyperparameters.ToDictionary(x => x.Name, x => (object)x.Value)),
        Initialization = InitializationCatalog.Parse(Settings.Initialization),
        Seed = Settings.Seed,
        BatchSize = Settings.BatchSize,
        Epochs = Settings.Epochs ?? 0,
        Steps = Settings.Steps,
        IsShuffled = Settings.Order == "shuffled",
        ClipNorm = Settings.ClipNorm,
    };

    /// <summary>Reads the images.</summary>
    /// <exception cref="BadInputException">A file is missing or broken, or the part is not within the data.</exception>
    public TrainingData Load(DataFolder folder)
    {
        var workload = WorkloadCatalog.Find(Settings.Workload);
        var set = DataCatalog.Find(workload.DataSet).Load(folder);
        var selection = Settings.Data is { } text ? DataSelection.Parse(text) : null;
        return TrainingData.Of(set, DataSplit.Draw(set, Settings.SplitSeed), selection) with { Normalization = workload.Normalization };
    }

    static StudyOverride OfTheOptimizer(StudyOverride one) =>
        one.Key.Contains('.') || studyKeys.Contains(one.Key) ? one : one with { Key = $"optimizer.{one.Key}" };

    static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
