using System.Globalization;
using Descent.Layers;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Studies.Definition;

/// <summary>A key of which a study, or one of its optimizers, may list several values: a trial for each, as with hyperparameters.</summary>
/// <param name="Name">As in <c>batch_size</c>.</param>
/// <param name="IsNumber">Whether its values are whole numbers, so that a range stands for several.</param>
/// <param name="Canonical">From one value as written, and the images to train on, to its one text.</param>
/// <param name="Give">Settings with the value of a canonical text.</param>
/// <param name="Of">The canonical text of settings; null where they have no such value.</param>
sealed record SweptKey(string Name, bool IsNumber, Func<YamlNode, int, string> Canonical, Func<TrialSettings, string, TrialSettings> Give,
    Func<TrialSettings, string?> Of)
{
    /// <summary>Before the options of a model.</summary>
    public const string ModelPrefix = "model.";

    /// <summary>See <see cref="Normalization"/>.</summary>
    public const string NormalizationKey = "normalization";

    const string BatchSizeKey = "batch_size", EpochsKey = "epochs", StepsKey = "steps";

    static readonly string[] orders = ["shuffled", "file", "replacement"];

    public static SweptKey BatchSize { get; } = new(BatchSizeKey, IsNumber: true, ReadBatchSize,
        (trial, text) => trial with { BatchSize = Count(text) }, trial => Text(trial.BatchSize));

    public static SweptKey PhysicalBatch { get; } = new("physical_batch", IsNumber: true, (node, _) => ReadWhole(node, "physical_batch", int.MaxValue),
        (trial, text) => trial with { PhysicalBatch = Count(text) }, trial => Text(trial.PhysicalBatch));

    public static SweptKey Epochs { get; } = new(EpochsKey, IsNumber: true, (node, _) => ReadWhole(node, EpochsKey, int.MaxValue),
        (trial, text) => trial with { Epochs = Count(text), Steps = null }, trial => Text(trial.Epochs));

    public static SweptKey Steps { get; } = new(StepsKey, IsNumber: true, (node, _) => ReadWhole(node, StepsKey, 1L << 53),
        (trial, text) => trial with { Steps = long.Parse(text, CultureInfo.InvariantCulture), Epochs = null }, trial => Text(trial.Steps));

    public static SweptKey Precision { get; } = new("precision", IsNumber: false, (node, _) => Choice(node, "precision", TrainingRun.Precisions),
        (trial, text) => trial with { Precision = text }, trial => trial.Precision);

    public static SweptKey Order { get; } = new("order", IsNumber: false, (node, _) => Choice(node, "order", orders),
        (trial, text) => trial with { Order = text }, trial => trial.Order);

    public static SweptKey Initialization { get; } = new("initialization", IsNumber: false, (node, _) => ReadInitialization(node),
        (trial, text) => trial with { Initialization = text }, trial => trial.Initialization);

    /// <summary>Values one by one where lists are more than that: an option of a model may itself be a list. Null for the usual.</summary>
    Func<YamlNode, IReadOnlyList<YamlNode>>? Parts { get; init; }

    /// <summary>Whether a search rounds what it draws from a range.</summary>
    public bool IsWhole { get; init; } = true;

    public static IReadOnlyList<SweptKey> All { get; } = [BatchSize, PhysicalBatch, Epochs, Steps, Precision, Order, Initialization];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(key => key.Name), NormalizationKey];

    /// <summary>What becomes of a workload's images.</summary>
    public static SweptKey Normalization(Workload workload) => new(NormalizationKey, IsNumber: false,
        (node, _) => node.Place.Do(() => workload.NormalizedBy(node.Text(NormalizationKey))).Normalization.Name,
        (trial, text) => trial with { Normalization = text == workload.Normalization.Name ? null : text },
        trial => trial.Normalization ?? workload.Normalization.Name);

    /// <summary>All keys of a study on a workload: those above, and <c>model.hidden</c> and what else its model lets one say.</summary>
    public static IReadOnlyList<SweptKey> On(Workload workload) => [.. All, Normalization(workload), .. workload.ModelOptions.Select(option => new SweptKey($"{ModelPrefix}{option.Name}", IsNumber: false,
        (node, _) => node.Place.Do(() => workload.CanonicalOptions(new Dictionary<string, string> { [option.Name] = OptionText(node, option.Name) })[option.Name]),
        (trial, text) => trial with { Model = [.. trial.Model.Select(x => x.Name == option.Name ? x with { Value = text } : x)] },
        trial => trial.Model.FirstOrDefault(x => x.Name == option.Name)?.Value)
    {
        Parts = node => PartsOf(option, node),
        IsWhole = false,
    })];

    /// <summary>The key of the other budget; null for what is no budget.</summary>
    public static string? Rival(string name) => name == EpochsKey ? StepsKey : name == StepsKey ? EpochsKey : null;

    /// <summary>The values of a list or a range one by one, or the one that it is; none of a range without points, which is for a search.</summary>
    public IReadOnlyList<YamlNode> Unfold(YamlNode node) => Parts is not null ? Parts(node) : IsNumber && node is YamlMapping range
        ? SearchDimension.IsContinuous(range) ? [] : [.. ValueRange.Unfold(range, Name).Select(Rounded).DistinctBy(one => ((YamlScalar)one).Text)]
        : node.Items();

    /// <summary>For people: an initialization as it is usual by its name alone.</summary>
    public string Short(string canonical) => this == Initialization && canonical.Split('(')[0] is var bare
        && InitializationCatalog.Parse(bare).Canonical == canonical ? bare : canonical;

    /// <summary>A list is one value where it is one of the option's, as the sizes of hidden layers; else several.</summary>
    static IReadOnlyList<YamlNode> PartsOf(ModelOption option, YamlNode node) => node switch
    {
        YamlMapping range => SearchDimension.IsContinuous(range) ? [] : ValueRange.Unfold(range, $"{ModelPrefix}{option.Name}"),
        YamlList { Items.Count: 0 } => option.Canonicalize("[]") is null ? [] : [node],
        YamlList list when list.Items.Any(item => item is YamlList) || (option.Canonicalize(OptionText(list, option.Name)) is null
            && list.Items.Any(item => option.Canonicalize(OptionText(item, option.Name)) is not null)) => list.Items,
        _ => [node],
    };

    static string OptionText(YamlNode node, string name) => node is YamlList list
        ? $"[{string.Join(", ", list.Items.Select(item => item.Text($"{ModelPrefix}{name}")))}]" : node.Text($"{ModelPrefix}{name}");

    static YamlNode Rounded(YamlNode node) => YamlValue.TryNumber(node, out double value)
        ? new YamlScalar(node.Place, Hyperparameter.Text(Math.Round(value)), IsPlain: true) : node;

    static string ReadBatchSize(YamlNode node, int images)
    {
        if (node is not YamlScalar { IsPlain: true } scalar || !scalar.Text.EndsWith('%'))
        {
            return ReadWhole(node, BatchSizeKey, int.MaxValue);
        }

        return YamlValue.TryNumber(scalar with { Text = scalar.Text[..^1] }, out double percent) && percent is > 0 and <= 100
            ? Text((long)Math.Max(1, Math.Floor((decimal)percent * images / 100)))!
            : throw node.Wrong(BatchSizeKey, "be a count, or a percentage of the training part above 0 and at most 100 (20%)");
    }

    static string ReadWhole(YamlNode node, string key, long most) => node.Whole(key, 1) is var value && value <= most
        ? Text(value)! : throw node.Wrong(key, $"be at most {most}");

    static string ReadInitialization(YamlNode node) => node switch
    {
        YamlMapping { Entries: [var scheme] } => scheme.Place.Do(() => InitializationCatalog.Find(scheme.Key).Bind(
            scheme.Value.Keys(scheme.Key).Entries.ToDictionary(option => option.Key, option => option.Value.Text(option.Key)))).Canonical,
        YamlScalar scalar => scalar.Place.Do(() => InitializationCatalog.Parse(scalar.Text("initialization"))).Canonical,
        _ => throw node.Wrong("initialization", "be a name, or a name with options (he: { fan: out })"),
    };

    static string Choice(YamlNode node, string key, IReadOnlyList<string> choices) => node.Text(key) is var text && choices.Contains(text)
        ? text : throw node.Place.Mistake($"{key} \"{text}\" does not exist.{NearestName.Hint(text, choices)}");

    static int Count(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
