namespace Descent.Studies.Definition;

/// <summary>A value given on the command line in place of the study file's.</summary>
/// <param name="Key">A key of the study; with dots below one: <c>optimizer.learning_rate</c> (of every optimizer that the study lists),
/// <c>optimizer.LABEL.learning_rate</c> (of one), <c>model.hidden</c>.</param>
/// <param name="Value">As it would stand in the file: <c>3</c>, <c>[100,100]</c>, <c>{from: 1e-3, to: 1, points: 4, scale:
/// log}</c>.</param>
/// <param name="Source">What the user typed, for messages: <c>--set epochs=3</c>.</param>
public sealed record StudyOverride(string Key, string Value, string Source)
{
    /// <summary>Reads the argument of <c>--set</c>.</summary>
    /// <exception cref="BadInputException">It is not of the form key=value.</exception>
    public static StudyOverride FromSet(string argument) => argument.IndexOf('=') is > 0 and var sign
        ? new(argument[..sign].Trim(), argument[(sign + 1)..].Trim(), $"--set {argument}")
        : throw new BadInputException($"--set {argument}: the form is key=value, as in optimizer.learning_rate=0.1.");

    /// <summary>True when it may change how many trials the study has.</summary>
    internal bool ChangesTrials => Key is "seeds" or StudySearch.Key || SweptKey.Names.Contains(Key) || Key.Split('.')[0] is "optimizer" or "optimizers" or "model";

    internal YamlMapping ApplyTo(YamlMapping study) => Set(study, Key, YamlText.ReadValue(Value, new Place(Source)));

    /// <summary>The study with one value in place of what it says under a key.</summary>
    /// <exception cref="BadInputException">There is no such key.</exception>
    internal static YamlMapping Set(YamlMapping study, string path, YamlNode value)
    {
        return path.Split('.') switch
        {
            ["optimizer", var key] => WithHyperparameter(study, _ => true, key, value),
            ["optimizer", var label, var key] => WithHyperparameter(study, entry => entry == label, key, value),
            [var key] => ((StudyClipping.Other(key) ?? SweptKey.Rival(key)) is { } other ? study.Without(other) : study).With(key, value),
            [var key, var below] when study[key] is null or YamlMapping =>
                study.With(key, ((study[key] as YamlMapping) ?? new(value.Place, [])).With(below, value)),
            [StudyGauges.Key, var gauge, var below] => Set(study, $"{StudyGauges.Key}.{gauge}",
                StudyGauges.Unfolded((study[StudyGauges.Key] as YamlMapping)?[gauge] ?? new YamlMapping(value.Place, [])).With(below, value)),
            [var key, var below] when (StudySchedules.Keys.Contains(key) || key == StudyClipping.Key) && study[key] is YamlScalar name =>
                study.With(key, new YamlMapping(name.Place, [new("name", name.Place, name)]).With(below, value)),
            _ => throw value.Place.Mistake($"\"{path}\" is not a key of a study."),
        };
    }

    /// <summary>Sets a hyperparameter of the entries whose label is asked for.</summary>
    static YamlMapping WithHyperparameter(YamlMapping study, Func<string, bool> isMeant, string key, YamlNode value)
    {
        if (study["optimizers"] is not { } optimizers)
        {
            return study;
        }

        var labels = new List<string>();
        bool isFound = false;
        var entries = optimizers.Items().Select(node =>
        {
            var entry = OptimizerEntryReader.Unfold(node);
            labels.Add(entry.Label);
            bool isThis = isMeant(entry.Label);
            isFound |= isThis;
            return isThis ? entry.With(key, value).ToNode() : node;
        }).ToList();
        return isFound ? study.With("optimizers", new YamlList(optimizers.Place, entries))
            : throw value.Place.Mistake($"the study labels no optimizer so. Labels: {string.Join(", ", labels)}.");
    }
}
