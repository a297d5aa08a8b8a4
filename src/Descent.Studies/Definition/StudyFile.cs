using Descent.Optimizers;
using Descent.Studies.Presets;

namespace Descent.Studies.Definition;

/// <summary>Finds and reads studies.</summary>
public static class StudyFile
{
    /// <summary>Reads a preset by its name, or a file: whatever exists as a file or ends in <c>.yaml</c> or <c>.yml</c> is one.</summary>
    /// <param name="presetOrPath">As the user gave it.</param>
    /// <param name="overrides">Applied in order before anything is checked.</param>
    /// <param name="optimizers">The rules that it may name; those that come with Descent where null.</param>
    /// <exception cref="BadInputException">There is no such preset or file, or the study has a mistake; the message names file and
    /// line.</exception>
    /// <param name="form">The study itself, or what its section <c>quick</c> makes of it.</param>
    public static StudyDefinition Load(string presetOrPath, IReadOnlyList<StudyOverride>? overrides = null,
        OptimizerCatalog? optimizers = null, StudyForm form = StudyForm.Full)
    {
        bool isPath = File.Exists(presetOrPath) || Path.GetExtension(presetOrPath).ToLowerInvariant() is ".yaml" or ".yml";
        return isPath
            ? Parse(ReadText(presetOrPath), presetOrPath, overrides, optimizers, form)
            : Parse(PresetCatalog.Text(presetOrPath), $"{presetOrPath}.yaml", overrides, optimizers, form);
    }

    /// <summary>Reads a study from its text.</summary>
    /// <param name="source">The file's name, for messages; without its extension, the name of a study that does not say its own.</param>
    /// <exception cref="BadInputException">The study has a mistake; the message names file and line.</exception>
    public static StudyDefinition Parse(string text, string source, IReadOnlyList<StudyOverride>? overrides = null,
        OptimizerCatalog? optimizers = null, StudyForm form = StudyForm.Full)
    {
        var place = new Place(source);
        if (YamlText.Read(text, source) is not YamlMapping study)
        {
            throw place.Mistake("a study is keys with values; see \"descent list presets\" for examples.");
        }

        overrides ??= [];
        var chosen = form == StudyForm.Quick ? QuickForm.Of(study, place) : study.Without(QuickForm.Key);
        var changed = overrides.Aggregate(chosen, (before, one) => one.ApplyTo(before));
        var definition = new StudyFileReader(changed, place, optimizers ?? OptimizerCatalog.Default).Read();
        if (changed["trials"] is { } declared && !overrides.Any(one => one.ChangesTrials))
        {
            RequireDeclared(declared, definition);
        }

        return definition;
    }

    static void RequireDeclared(YamlNode declared, StudyDefinition definition)
    {
        long count = definition.Expand().Count;
        if (declared.Whole("trials", 1) != count)
        {
            throw declared.Place.Mistake($"trials says {declared.Described}, but the study has {count}: "
                + $"{count / definition.Seeds.Count} settings × {definition.Seeds.Count} seeds.");
        }
    }

    internal static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"There is no study file {path}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The study file {path} cannot be read: {exception.Message}", exception);
        }
    }
}
