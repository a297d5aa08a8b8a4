using Descent.Data;
using Descent.Models;
using Descent.Workloads.Own;

namespace Descent.Workloads;

/// <summary>A named pair of data and model, with everything that comparisons on it hold fixed.</summary>
/// <param name="Name">The name in studies and commands.</param>
/// <param name="Title">One line for lists.</param>
/// <param name="DataSet">The name of the data set.</param>
/// <param name="Normalization">From the bytes of an image to the network's input.</param>
/// <param name="BatchSize">Images a step, unless a study says otherwise.</param>
/// <param name="Epochs">Epochs of a training, unless a study says otherwise.</param>
/// <param name="TargetAccuracy">The test accuracy in [0, 1] that counts as reached, unless a study says otherwise; null for none.</param>
/// <param name="ModelOptions">What a study may set about the model.</param>
/// <param name="Build">The model of the canonical texts of all options.</param>
public sealed record Workload(string Name, string Title, string DataSet, Normalization Normalization,
    int BatchSize, int Epochs, double? TargetAccuracy, IReadOnlyList<ModelOption> ModelOptions, Func<IReadOnlyDictionary<string, string>, Model> Build)
{
    /// <summary>What the model's outputs are held to.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy;

    /// <summary>Random changes to the training images; null: none.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Where it is a user's own, all that is said of it; null for a workload of the catalog.</summary>
    public OwnProblem? Problem { get; init; }

    /// <summary>The data of a user's own problem; null for a workload of the catalog.</summary>
    internal DataSetDescription? OwnData { get; init; }

    /// <summary>The data set.</summary>
    public DataSetDescription Data => OwnData ?? DataCatalog.Find(DataSet);

    /// <summary>The name of the metric: the fraction of images whose largest logit is their label's (accuracy), or where numbers are told the coefficient of
    /// determination (r2).</summary>
    public string Metric { get; init; } = "accuracy";

    /// <summary>The same with another normalization of its images.</summary>
    /// <param name="name">One of <see cref="Normalization.All"/>.</param>
    /// <exception cref="BadInputException">There is none of that name, or it is for images of another number of channels.</exception>
    public Workload NormalizedBy(string name) => this with { Normalization = Normalization.Find(name, Data.Shape) };

    /// <summary>All options of the model with their canonical texts: the given ones, defaults for the others. Equal models have equal texts.</summary>
    /// <param name="given">Texts by name, without <c>model.</c>; null for none.</param>
    /// <exception cref="BadInputException">There is no such option, or its text breaks the option's rule.</exception>
    public IReadOnlyDictionary<string, string> CanonicalOptions(IReadOnlyDictionary<string, string>? given = null)
    {
        given ??= new Dictionary<string, string>();
        var names = ModelOptions.Select(option => option.Name).ToList();
        if (given.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new BadInputException($"{Name} has no model option \"{unknown}\".{NearestName.Hint(unknown, names)}");
        }

        return ModelOptions.ToDictionary(option => option.Name, option => !given.TryGetValue(option.Name, out var text)
            ? option.Default
            : option.Canonicalize(text) ?? throw new BadInputException($"{Name}: model.{option.Name} must {option.Rule}, got {text}."));
    }

    /// <summary>The model with the given options.</summary>
    /// <param name="options">Texts by name, without <c>model.</c>; null for none.</param>
    /// <exception cref="BadInputException">There is no such option, its text breaks the option's rule, or the model is too large.</exception>
    public Model CreateModel(IReadOnlyDictionary<string, string>? options = null)
    {
        var model = Build(CanonicalOptions(options));
        return model.ParameterCount <= int.MaxValue ? model : throw new BadInputException(
            $"{Name}: a model has at most {int.MaxValue} parameters, with these options it has {model.ParameterCount}.");
    }
}
