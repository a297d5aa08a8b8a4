using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>What a stored study says beside its trials, read from its definition without the catalogs, which may be of another version.</summary>
/// <param name="Waivers">The confounds that it accepts.</param>
/// <param name="TunedBy">The study that has chosen its settings; null for none.</param>
/// <param name="TargetSplit">By which images its target is told.</param>
sealed record StudyFacts(IReadOnlyList<Waiver> Waivers, string? TunedBy, HeldOut TargetSplit)
{
    static readonly StudyFacts none = new([], null, HeldOut.Test);

    static readonly string[] keys = [StudyWaivers.Key, StudyDefinition.TunedByKey, StudyDefinition.TargetSplitKey];

    public static StudyFacts Of(StoredStudy study)
    {
        // Most studies have none, and a definition of a thousand trials is long.
        if (!keys.Any(key => study.Definition.Contains($"\n{key}:", StringComparison.Ordinal)))
        {
            return none;
        }

        try
        {
            var text = YamlText.Read(study.Definition, $"{study.Name}.yaml") as YamlMapping;
            return new(StudyWaivers.Read(text?[StudyWaivers.Key]), (text?[StudyDefinition.TunedByKey] as YamlScalar)?.Text,
                (text?[StudyDefinition.TargetSplitKey] as YamlScalar)?.Text == HeldOut.Validation.Split ? HeldOut.Validation : HeldOut.Test);
        }
        catch (BadInputException)
        {
            return none;
        }
    }
}
