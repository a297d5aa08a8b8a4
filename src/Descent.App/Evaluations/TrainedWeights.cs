using System.Globalization;
using System.Numerics;
using Descent.Data;
using Descent.Formats;
using Descent.Models;
using Descent.Studies.Definition;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;
using Descent.Workloads;

namespace Descent.App.Evaluations;

/// <summary>The parameters of a file, and the workload that they belong to.</summary>
/// <param name="Settings">Of the training that made the file; null where the file does not say.</param>
/// <param name="Step">Steps of that training; null where the file does not say.</param>
sealed record TrainedWeights(string File, Workload Workload, Model Model, TrialSettings? Settings, long? Step, IReadOnlyList<NamedArray> Arrays)
{
    const string SettingsKey = "settings", StepKey = "step";

    /// <param name="file">A checkpoint, or weights from elsewhere: safetensors, a state dict of PyTorch, NPZ.</param>
    /// <param name="workloadName">What the user says; needed where the file does not.</param>
    /// <exception cref="BadInputException">The file is damaged, or its arrays are not the workload's parameters.</exception>
    public static TrainedWeights Read(string file, string? workloadName)
    {
        var metadata = WeightsFile.ReadMetadata(file);
        var settings = metadata.TryGetValue(SettingsKey, out string? json) ? TrialSettingsJson.Read(json) : null;
        string name = workloadName ?? settings?.Workload
            ?? throw new BadInputException(
                $"{file} does not say which workload its weights belong to: give --workload. See: descent list workloads");
        var workload = WorkloadCatalog.Find(name);
        bool isItsOwn = settings?.Workload == name;
        var options = (isItsOwn ? settings!.Model : []).ToDictionary(x => x.Name, x => x.Value);
        long? step = metadata.TryGetValue(StepKey, out string? text) && long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? number : null;
        return new TrainedWeights(file, workload, workload.CreateModel(options), settings, step, WeightsFile.Read(file));
    }

    /// <summary>In the precision of the file.</summary>
    public EvaluationResult Evaluate(string split, DataFolder folder, Executor executor) =>
        Arrays.Any(array => array.Type == ElementType.Float64)
            ? Evaluate<double>(split, folder, executor)
            : Evaluate<float>(split, folder, executor);

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes => DataCatalog.Find(Workload.DataSet).ClassNames;

    EvaluationResult Evaluate<T>(string split, DataFolder folder, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var parameters = new Parameters<T>(Model.Parameters, Model.Statistics);
        WeightsFile.Load(File, Arrays, parameters);
        var set = DataCatalog.Find(Workload.DataSet).Load(folder);
        var parts = DataSplit.Draw(set, Settings?.SplitSeed ?? 0, Settings?.ValidationCount ?? 0);
        var part = parts.Part(split);
        if (part.Count == 0)
        {
            throw new BadInputException($"{Workload.Name} has no {split} images.");
        }

        using var evaluation = new Evaluation<T>(executor, Model, parameters, Workload.Normalization.FittedTo(parts.Train));
        return evaluation.Run(part);
    }
}
