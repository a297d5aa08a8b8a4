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
sealed record TrainedWeights(Workload Workload, Model Model, TrialSettings? Settings, long? Step,
    IReadOnlyDictionary<string, NamedArray> Arrays)
{
    const string SettingsKey = "settings", StepKey = "step";

    /// <param name="file">A checkpoint, or a plain safetensors file.</param>
    /// <param name="workloadName">What the user says; needed where the file does not.</param>
    /// <exception cref="BadInputException">The file is damaged, or its arrays are not the workload's parameters.</exception>
    public static TrainedWeights Read(string file, string? workloadName)
    {
        var content = SafeTensorsFile.Read(file);
        var settings = content.Metadata.TryGetValue(SettingsKey, out string? json) ? TrialSettingsJson.Read(json) : null;
        string name = workloadName ?? settings?.Workload
            ?? throw new BadInputException(
                $"{file} does not say which workload its weights belong to: give --workload. See: descent list workloads");
        var workload = WorkloadCatalog.Find(name);
        bool isItsOwn = settings?.Workload == name;
        var options = (isItsOwn ? settings!.Model : []).ToDictionary(x => x.Name, x => x.Value);
        var weights = new TrainedWeights(workload, workload.CreateModel(options), settings,
            content.Metadata.TryGetValue(StepKey, out string? step) ? long.Parse(step, CultureInfo.InvariantCulture) : null,
            content.Arrays.ToDictionary(array => array.Name));
        weights.RequireParameters(file);
        return weights;
    }

    /// <summary>In the precision of the file.</summary>
    public EvaluationResult Evaluate(string split, DataFolder folder, Executor executor) =>
        Arrays[Model.Parameters[0].Name].Type == ElementType.Float64
            ? Evaluate<double>(split, folder, executor)
            : Evaluate<float>(split, folder, executor);

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes => DataCatalog.Find(Workload.DataSet).ClassNames;

    EvaluationResult Evaluate<T>(string split, DataFolder folder, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var set = DataCatalog.Find(Workload.DataSet).Load(folder);
        var part = DataSplit.Draw(set, Settings?.SplitSeed ?? 0).Part(split);
        if (part.Count == 0)
        {
            throw new BadInputException($"{Workload.Name} has no {split} images.");
        }

        using var parameters = new Parameters<T>(Model.Parameters);
        foreach (var slot in parameters.Slots)
        {
            Arrays[slot.Name].Values<T>().CopyTo(slot.Value.Span);
        }

        using var evaluation = new Evaluation<T>(executor, Model, parameters, Workload.Normalization);
        return evaluation.Run(part);
    }

    void RequireParameters(string file)
    {
        foreach (var parameter in Model.Parameters)
        {
            if (!Arrays.TryGetValue(parameter.Name, out var array))
            {
                throw new BadInputException($"{file} has no array \"{parameter.Name}\", which {Workload.Name} needs."
                    + NearestName.Hint(parameter.Name, Arrays.Keys));
            }

            if (!array.Shape.SequenceEqual(parameter.Shape.ToArray()))
            {
                throw new BadInputException(
                    $"{file}: \"{parameter.Name}\" has shape [{string.Join(", ", array.Shape)}], {Workload.Name} needs {parameter.Shape}.");
            }

            if (array.Type is not (ElementType.Float32 or ElementType.Float64))
            {
                throw new BadInputException($"{file}: \"{parameter.Name}\" holds {array.Type}, parameters are float32 or float64.");
            }
        }
    }
}
