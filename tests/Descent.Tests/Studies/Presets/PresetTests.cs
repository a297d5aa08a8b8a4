using Descent.Data;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Presets;
using Descent.Studies.Running;
using Descent.Studies.Storage;

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

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySettingTakesTwoStepsOnItsWorkload(string name)
    {
        var study = StudyFile.Load(name, [new("steps", "2", "test"), new("seeds", "0", "test")]);
        var trials = study.Expand().Select(trial => WorkloadTrainings.Settings(trial.Settings)).ToList();
        Assert.All(trials, trial => Assert.Equal(study.Workload.CreateModel().ParameterCount, trial.Model.ParameterCount));
        Assert.SkipUnless(DataCatalog.Find(study.Workload.DataSet).IsBuiltIn, "Its data set does not ship with Descent.");

        using var folder = new TemporaryFolder();
        using var store = SqliteStudyStore.OpenOrCreate(folder["studies.db"], TimeProvider.System);
        var context = new RunContext(store, CheckpointFolder.Beside(store.Location), new WorkloadTrainings(new("unused"), TimeProvider.System),
            TimeProvider.System, new RunOptions());
        var summary = new StudyRunner(context).Run(study, new(TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal(trials.Count, summary.Ended.Count(trial => trial.State == TrialState.Complete));
    }
}
