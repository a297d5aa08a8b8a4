using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Descent.Studies.Statistics;
using Descent.Workloads;
using Descent.Workloads.Own;

namespace Descent.Studies.Definition;

/// <summary>Everything that determines the numbers of one trial, apart from the code. Equal settings give equal bits.</summary>
/// <remarks>Values that a user leaves out stand here as written out, so that a study which spells a default and one that does not share
/// their trials. See <see cref="TrialSettingsJson"/> for the canonical form and what may change about it.</remarks>
public sealed record TrialSettings
{
    string? json;

    public required string Workload { get; init; }

    /// <summary>Where the workload is a user's own, all that it is; null for one of the catalog.</summary>
    public OwnProblem? Problem { get; init; }

    /// <summary>All options of the model in canonical form, in the workload's order. Some are not in the canonical text, see <see cref="LaterModelOptions"/>.</summary>
    public IReadOnlyList<Setting> Model { get; init; } = [];

    /// <summary>The part of the data to train on, as in <c>train:0-1999</c>; null for the whole training split.</summary>
    public string? Data { get; init; }

    /// <summary>Images of the training part that are set apart for validation, drawn class by class from the split seed; 0 for none.</summary>
    public int ValidationCount { get; init; }

    /// <summary>From the bytes of images to the network's input, where that is not the workload's own; null where it is.</summary>
    public string? Normalization { get; init; }

    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>Whether the training images are changed at random where the workload says so; true where it says nothing.</summary>
    public bool IsAugmented { get; init; } = true;

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms.</summary>
    public bool IsExact { get; init; }

    /// <summary>The budget in epochs; null where it is given in steps.</summary>
    public int? Epochs { get; init; }

    /// <summary>The budget in steps; null where it is given in epochs.</summary>
    public long? Steps { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Images that are worked on at a time, fewer than a batch; null where the whole batch is.</summary>
    public int? PhysicalBatch { get; init; }

    /// <summary><c>shuffled</c>, <c>file</c> for the order of the data set's files, or <c>replacement</c> for batches drawn with replacement.</summary>
    public string Order { get; init; } = "shuffled";

    /// <summary>What is measured and when, in canonical form; empty for whole parts after each epoch. See <see cref="StudyEvaluation"/>.</summary>
    public IReadOnlyList<Setting> Evaluation { get; init; } = [];

    /// <summary>What is measured at intervals beside, in canonical form; empty for nothing. See <see cref="StudyGauges"/>.</summary>
    public IReadOnlyList<Setting> Gauges { get; init; } = [];

    /// <summary>What clips gradients, in canonical form; empty for nothing. See <see cref="StudyClipping"/>.</summary>
    public IReadOnlyList<Setting> Clip { get; init; } = [];

    /// <summary>Whether steps whose loss or gradient is not finite are left out; else they end the trial as diverged.</summary>
    public bool SkipsNonFinite { get; init; }

    /// <summary>The scheme with all its options in canonical form.</summary>
    public required string Initialization { get; init; }

    /// <summary>Weights of a file to start from; null where all come from the initialization.</summary>
    public StartingWeights? Init { get; init; }

    public required string Optimizer { get; init; }

    /// <summary>All hyperparameters in the order of the optimizer's declaration, numbers in round-trip form.</summary>
    public required IReadOnlyList<Setting> Hyperparameters { get; init; }

    /// <summary>Parameters with hyperparameters of their own, in canonical form; see <see cref="StudyGroups"/>.</summary>
    public IReadOnlyList<Setting> Groups { get; init; } = [];

    /// <summary>Before any schedule.</summary>
    public double LearningRate => double.Parse(Hyperparameters.First(x => x.Name == "learning_rate").Value, CultureInfo.InvariantCulture);

    /// <summary>What multiplies hyperparameters from step to step.</summary>
    public StudySchedules Schedules { get; init; } = StudySchedules.None;

    /// <summary>Keys the trial's own streams: initial weights, order, augmentation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Keys what all trials of a study share: how the data is split.</summary>
    public required ulong SplitSeed { get; init; }

    /// <summary>The workload itself, with the trial's normalization.</summary>
    /// <exception cref="BadInputException">The catalog has none of that name, or no longer.</exception>
    public Workload FindWorkload() => (Problem?.Workload ?? WorkloadCatalog.Find(Workload)) is var own && Normalization is null ? own : own.NormalizedBy(Normalization);

    /// <summary>The canonical text.</summary>
    public string Json => json ??= TrialSettingsJson.Write(this);

    /// <summary>SHA-256 of the canonical text in UTF-8, 64 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    /// <summary>The first eight digits of an id, as people see it.</summary>
    public static string Short(string id) => id.Length <= 8 ? id : id[..8];

    public bool Equals(TrialSettings? other) => other is not null && Json == other.Json;

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);
}
