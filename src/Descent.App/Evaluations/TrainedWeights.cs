using System.Globalization;
using System.Text.Json;
using Descent.Formats;
using Descent.Models;
using Descent.Studies.Definition;
using Descent.Workloads;

namespace Descent.App.Evaluations;

/// <summary>The parameters of a file, and the workload that they belong to.</summary>
/// <param name="Settings">Of the training that made the file; null where the file does not say.</param>
/// <param name="Step">Steps of that training; null where the file does not say.</param>
sealed record TrainedWeights(string File, Workload Workload, Model Model, TrialSettings? Settings, long? Step, WeightsContent Content)
{
    const string StepKey = "step";

    public IReadOnlyList<NamedArray> Arrays => Content.Arrays;

    /// <param name="file">A checkpoint, or weights from elsewhere: safetensors, a state dict of PyTorch, NPZ.</param>
    /// <param name="workloadName">What the user says; needed where the file does not.</param>
    /// <param name="modelOptions">What the user says of the model, in place of what the file says.</param>
    /// <param name="normalization">Likewise; null for what the file says, or else the workload's own.</param>
    /// <exception cref="BadInputException">The file is damaged, or its arrays are not the workload's parameters.</exception>
    public static TrainedWeights Read(string file, string? workloadName, IReadOnlyDictionary<string, string> modelOptions, string? normalization)
    {
        var metadata = WeightsFile.ReadMetadata(file);
        var settings = SettingsOf(file, metadata);
        string name = workloadName ?? settings?.Workload
            ?? throw new BadInputException(
                $"{file} does not say which workload its weights belong to: give --workload. See: descent list workloads");
        bool isItsOwn = settings?.Workload == name;
        var workload = isItsOwn ? settings!.FindWorkload() : WorkloadReader.Find(name);
        workload = normalization is null ? workload : workload.NormalizedBy(normalization);
        var options = (isItsOwn ? settings!.Model : []).ToDictionary(x => x.Name, x => x.Value);
        foreach (var (key, value) in modelOptions)
        {
            options[key] = value;
        }

        long? step = metadata.TryGetValue(StepKey, out string? text) && long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? number : null;
        return new TrainedWeights(file, workload, workload.CreateModel(options), settings, step, WeightsFile.Read(file));
    }

    static TrialSettings? SettingsOf(string file, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return TrialFacts.Read(metadata);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BadInputException($"{file}: what it says of its training under \"settings\" is damaged, or written by another version.", exception);
        }
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes => Workload.Data.ClassNames;
}
