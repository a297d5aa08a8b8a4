namespace Descent.Studies.Definition;

/// <summary>The section <c>quick</c> of a study: values in place of the study's, so that it ends in about a minute. Its trials are a study of another
/// name, and its question says what was changed, so that nobody takes its results for the study's.</summary>
static class QuickForm
{
    public const string Key = "quick";

    static readonly string[] unsaid = ["trials", "name", "question"];

    /// <exception cref="BadInputException">The study has no such section, or a key of it is none of a study.</exception>
    public static YamlMapping Of(YamlMapping study, Place file)
    {
        var quick = study[Key]?.Keys(Key)
            ?? throw file.Mistake("the study has no quick form: it needs a section like quick: { epochs: 1, seeds: [0] }.");
        string name = study["name"]?.Text("name") ?? Path.GetFileNameWithoutExtension(file.Source);
        string question = study["question"]?.Text("question") ?? "";
        var full = study.Without(Key);
        var changed = quick.Entries.Aggregate(quick["trials"] is null ? full.Without("trials") : full,
            (before, entry) => StudyOverride.Set(before, entry.Key, entry.Value));
        return changed.With("name", Text(quick, $"{name}-quick"))
            .With("question", Text(quick, $"{question} (Quick form, not the study itself: {Changes(quick)}.)".TrimStart()));
    }

    static string Changes(YamlMapping quick) => string.Join(", ", quick.Entries.Where(entry => !unsaid.Contains(entry.Key)).Select(entry =>
        entry.Key == "optimizers" ? $"{entry.Value.Items().Count} optimizers" : $"{entry.Key} {YamlWriting.Text(entry.Value)}"));

    static YamlScalar Text(YamlMapping quick, string text) => new(quick.Place, text, IsPlain: false);
}
