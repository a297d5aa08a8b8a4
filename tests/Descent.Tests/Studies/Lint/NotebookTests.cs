using Descent.Studies.Definition;
using Descent.Studies.Presets;
using Descent.Studies.Results;
using Descent.Tests.Architecture;

namespace Descent.Tests.Studies.Lint;

/// <summary>The comparisons of the five notebooks as they were written, each with a fair twin.</summary>
public class NotebookTests
{
    public static TheoryData<string> Presets => [.. PresetCatalog.Names];

    [Theory]
    [InlineData("000", "compared-seeds-choose", "one-learning-rate", "one-seed", "per-image-std", "selection-on-test", "unequal-steps")]
    [InlineData("001", "compared-seeds-choose", "one-seed", "per-image-std", "unequal-steps", "unequal-trials", "unpaired-streams")]
    [InlineData("002", "no-validation", "one-learning-rate", "one-seed")]
    [InlineData("003", "compared-seeds-choose", "one-learning-rate", "unequal-trials", "unpaired-streams")]
    [InlineData("004", "compared-seeds-choose", "decay-differs", "one-grid", "selection-on-test")]
    public void EveryFaultIsSeenAndNoOther(string notebook, params string[] codes) => Assert.Equal(codes, Codes(Load(notebook)));

    [Theory]
    [InlineData("000")]
    [InlineData("001")]
    [InlineData("002")]
    [InlineData("003")]
    [InlineData("004")]
    public void TheFairTwinHasNone(string notebook) => Assert.Empty(StoredComparison.Findings(Load($"{notebook}-fair")).Select(finding => $"{finding.Rule.Code}: {finding.Seen}"));

    /// <summary>What a preset has is waived with a reason, and what it waives it has.</summary>
    [Theory]
    [MemberData(nameof(Presets))]
    public void PresetsWaiveWhatTheyHave(string name)
    {
        var study = StudyFile.Load(name);
        Assert.Equal(study.Waivers.Select(x => x.Code).Order(), Codes(study));
        Assert.All(study.Waivers, waiver => Assert.EndsWith(".", waiver.Why));
    }

    static string[] Codes(StudyDefinition study) => [.. StoredComparison.Findings(study).Select(finding => finding.Rule.Code).Order(StringComparer.Ordinal)];

    static StudyDefinition Load(string notebook) =>
        StudyFile.Load(Path.Combine(Repository.Root, "tests", "Descent.Tests", "Studies", "Lint", "Notebooks", $"{notebook}.yaml"));
}
