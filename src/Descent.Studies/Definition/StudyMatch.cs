namespace Descent.Studies.Definition;

/// <summary>Which settings of a study come out where another one does, as a study asks for it: <c>match: { to: sgd with momentum, within: 0.04 }</c>. It
/// says what is printed beside the results and changes no trial.</summary>
/// <param name="To">The label of the optimizer that the others are held against.</param>
/// <param name="Within">The largest difference of training accuracies, each a mean over the seeds after the last step, that counts as a match.</param>
public sealed record StudyMatch(string To, double Within)
{
    public const string Key = "match";

    static readonly string[] keys = ["to", "within"];

    /// <exception cref="BadInputException">An unknown key, a label that the study does not have, or a difference outside (0, 1).</exception>
    internal static StudyMatch? Read(YamlNode? node, IEnumerable<string> labels)
    {
        if (node is null)
        {
            return null;
        }

        var given = node.Keys(Key);
        given.RequireKnown(Key, keys);
        var to = given["to"] ?? throw node.Place.Mistake($"{Key} needs the key \"to\": the label of an optimizer.");
        var within = given["within"] ?? throw node.Place.Mistake($"{Key} needs the key \"within\": a difference of accuracies, as in 0.04.");
        string label = to.Text($"{Key}: to");
        return !labels.Contains(label) ? throw to.Place.Mistake($"no optimizer has the label \"{label}\".{NearestName.Hint(label, labels.Distinct())}")
            : within.Number($"{Key}: within") is var value and > 0 and < 1 ? new(label, value) : throw within.Wrong($"{Key}: within", "lie between 0 and 1");
    }

    internal string ToYaml() => $"{{ to: \"{To.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\", "
        + $"within: {Hyperparameter.Text(Within)} }}";
}
