using Descent.Studies.Definition;
using Descent.Studies.Presets;

namespace Descent.Tests.Studies.Presets;

public class PresetTests
{
    public static TheoryData<string> Names => [.. PresetCatalog.Names];

    [Fact]
    public void ThereAreTheTwo() => Assert.Equal(["mnist-optimizers", "quickstart"], PresetCatalog.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void ItSaysItsNameItsQuestionAndItsNumberOfTrials(string name)
    {
        var study = StudyFile.Load(name);

        Assert.Equal(name, study.Name);
        Assert.EndsWith("?", study.Question, StringComparison.Ordinal);
        Assert.Contains($"\ntrials: {study.Expand().Count}\n", PresetCatalog.Text(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItReadsBackAsItself(string name)
    {
        var study = StudyFile.Load(name);

        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");

        Assert.Equal(study.ToYaml(), again.ToYaml());
        Assert.Equal(study.Expand().Select(trial => trial.Id), again.Expand().Select(trial => trial.Id));
    }
}
