using System.Globalization;
using Descent.Analysis;
using Descent.Data;
using Descent.Layers;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.Studies.Definition;

/// <summary>What is measured along trainings at intervals, as a study says it: <c>gauges: { gradients: { every: 100 }, sharpness: { every: 200, data: train:0-1999 } }</c>, or
/// <c>gauges: { gradients: 100 }</c> for short. In canonical form <c>gradients.every</c>, <c>sharpness.every</c>, <c>sharpness.data</c>, <c>sharpness.mode</c>; empty for none.</summary>
public static class StudyGauges
{
    public const string Key = "gauges";

    const string Every = "every", Data = "data", ModeKey = "mode", TrainingMode = "training", EvaluationMode = "evaluation";
    const int DefaultImages = 2000;

    static readonly string[] modes = [EvaluationMode, TrainingMode];

    /// <summary>The gauges there are, with what can be said of each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Known { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [GradientGauge.NameInStudies] = [Every],
        [SharpnessGauge.NameInStudies] = [Every, Data, ModeKey],
        [ActivationGauge.NameInStudies] = [Every, Data],
    };

    /// <param name="images">Images to train on.</param>
    /// <exception cref="BadInputException">An unknown key, or a value that is not allowed.</exception>
    internal static IReadOnlyList<Setting> Read(YamlNode? node, int images)
    {
        if (node is null)
        {
            return [];
        }

        var given = node.Keys(Key);
        given.RequireKnown(Key, [.. Known.Keys]);
        return [.. Known.Keys.Where(gauge => given[gauge] is not null).SelectMany(gauge => Read(gauge, given[gauge]!, images))];
    }

    /// <summary>The gauges that canonical values say.</summary>
    public static IReadOnlyList<IGauge> Create(IReadOnlyList<Setting> gauges) =>
        [.. gauges.GroupBy(x => x.Name.Split('.')[0]).Select(group => Create(group.Key, group.ToDictionary(x => x.Name.Split('.')[1], x => x.Value)))];

    /// <summary>For people: <c>sharpness every=200, data=train:0-1999</c>.</summary>
    public static string Short(IReadOnlyList<Setting> gauges) => string.Join("; ", gauges.GroupBy(x => x.Name.Split('.')[0])
        .Select(group => $"{group.Key} {string.Join(", ", group.Select(x => $"{x.Name.Split('.')[1]}={x.Value}"))}"));

    /// <summary>Null for none.</summary>
    internal static string? ToYaml(IReadOnlyList<Setting> gauges) => gauges.Count == 0 ? null : $"{{ {string.Join(", ", gauges.GroupBy(x => x.Name.Split('.')[0])
        .Select(group => $"{group.Key}: {{ {string.Join(", ", group.Select(x => $"{x.Name.Split('.')[1]}: {(x.Name.EndsWith(Data, StringComparison.Ordinal) ? $"\"{x.Value}\"" : x.Value)}"))} }}"))} }}";

    /// <summary>A number alone is the interval.</summary>
    internal static YamlMapping Unfolded(YamlNode node) => node as YamlMapping ?? new YamlMapping(node.Place, [new(Every, node.Place, node)]);

    static IEnumerable<Setting> Read(string gauge, YamlNode node, int images)
    {
        string place = $"{Key}: {gauge}";
        var given = Unfolded(node);
        given.RequireKnown(place, Known[gauge]);
        var every = given[Every] ?? throw node.Place.Mistake($"{place} needs the key \"{Every}\": steps from one reading to the next, as in {{ every: 100 }}.");
        yield return new($"{gauge}.{Every}", every.Whole($"{place}: {Every}", 1).ToString(CultureInfo.InvariantCulture));
        if (Known[gauge].Contains(Data))
        {
            yield return new($"{gauge}.{Data}", ReadData(given[Data], $"{place}: {Data}", images));
        }

        if (Known[gauge].Contains(ModeKey) && given[ModeKey] is { } mode && ReadMode(mode, $"{place}: {ModeKey}") == TrainingMode)
        {
            yield return new($"{gauge}.{ModeKey}", TrainingMode);
        }
    }

    /// <summary>Always with its range, which a default may not be as long as.</summary>
    static string ReadData(YamlNode? node, string place, int images)
    {
        if (node is null)
        {
            return $"train:0-{Math.Max(0, Math.Min(DefaultImages, images) - 1)}";
        }

        var selection = node.Place.Do(() => DataSelection.Parse(node.Text(place)));
        return selection.Split != "train" ? throw node.Wrong(place, "be a part of train (as in train:0-1999), counted in what is trained on")
            : selection.Last >= images ? throw node.Wrong(place, $"lie in 0-{images - 1} ({images} images are trained on)")
            : $"train:{selection.First ?? 0}-{selection.Last ?? (images - 1)}";
    }

    static string ReadMode(YamlNode node, string place) => node.Text(place) is var text && modes.Contains(text) ? text
        : throw node.Place.Mistake($"{place} \"{text}\" does not exist.{NearestName.Hint(text, modes)}");

    static IGauge Create(string gauge, Dictionary<string, string> values)
    {
        long every = long.Parse(values[Every], CultureInfo.InvariantCulture);
        if (gauge == GradientGauge.NameInStudies)
        {
            return new GradientGauge(every);
        }

        var data = DataSelection.Parse(values[Data]);
        return gauge == ActivationGauge.NameInStudies ? new ActivationGauge(every, data.First!.Value, data.Last!.Value)
            : new SharpnessGauge(every, data.First!.Value, data.Last!.Value, values.GetValueOrDefault(ModeKey) == TrainingMode ? Mode.Training : Mode.Evaluation);
    }
}
