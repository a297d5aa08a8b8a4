using Descent.Studies.Definition;
using Descent.Studies.Running;

namespace Descent.Tests.Studies.Definition;

/// <summary>The keys schedule, weight_decay_schedule and momentum_schedule.</summary>
public class StudyScheduleTests
{
    const string TwoSchedules = """
        workload: digits-mlp
        seeds: [0]
        schedule: { name: linear, warmup: 10 }
        optimizers:
          - adamw: { learning_rate: 1e-3 }
            label: mine
            schedule: { name: multi-step, milestones: [30, 60], factor: 0.5 }
            weight_decay_schedule: cosine
          - adamw
          - adamw: { beta1: 0.8 }
            schedule: constant
        """;

    [Fact]
    public void AnOptimizersOwnScheduleStandsBeforeTheStudys()
    {
        var trials = StudyText.Parse(TwoSchedules).Expand();

        Assert.Equal(
            [
                "mine learning_rate=0.001 schedule=multi-step(milestones=[30, 60], factor=0.5) weight_decay_schedule=cosine seed 0",
                "adamw schedule=linear(warmup=10) weight_decay_schedule=constant seed 0",
                "adamw beta1=0.8 schedule=constant weight_decay_schedule=constant seed 0",
            ], trials.Select(trial => trial.Describe()));
        Assert.Equal(["schedule", "weight_decay_schedule"], trials[0].Settings.Schedules.All.Select(x => x.Key));
        Assert.Equal("linear", trials[1].Settings.Schedules.LearningRate[0].Value);
        Assert.Empty(trials[2].Settings.Schedules.All);
    }

    [Fact]
    public void AScheduleOfTheWholeStudyTellsNoTrialsApart() => Assert.Equal("adam seed 0",
        StudyText.Parse(StudyText.Smallest, "schedule=cosine").Expand().Single().Describe());

    [Fact]
    public void WritingAndReadingGivesTheSameStudy()
    {
        var study = StudyText.Parse(TwoSchedules);
        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");

        Assert.Equal(study.ToYaml(), again.ToYaml());
        Assert.Equal(study.Expand().Select(trial => (trial.Id, trial.Describe())), again.Expand().Select(trial => (trial.Id, trial.Describe())));
    }

    [Fact]
    public void OverridesReachIntoASchedule()
    {
        Assert.Equal("linear(end_factor=0.5, warmup=10)", LearningRate("schedule.end_factor=0.5", 1));
        Assert.Equal("cosine", LearningRate("schedule=cosine", 1));
        Assert.Equal("exponential", LearningRate("optimizer.schedule=exponential", 0));
        Assert.Equal("multi-step(milestones=[30, 60], factor=0.5)", LearningRate("optimizer.adamw.schedule=exponential", 0));
        Assert.Equal("cosine(warmup=0.1)", StudySchedules.Short(StudyText.Parse(StudyText.Smallest, "schedule=cosine", "schedule.warmup=0.1")
            .Schedules.LearningRate));

        static string LearningRate(string set, int trial) =>
            StudySchedules.Short(StudyText.Parse(TwoSchedules, set).Expand()[trial].Settings.Schedules.LearningRate);
    }

    [Fact]
    public void ATrainingGetsWhatTheTrialSays()
    {
        var settings = WorkloadTrainings.Settings(StudyText.Parse(TwoSchedules).Expand()[0].Settings);

        Assert.Equal("[30, 60]", settings.Schedule!.Values.Single(x => x.Key == "milestones").Value);
        Assert.Equal("cosine", settings.WeightDecaySchedule!.Values[0].Value);
        Assert.Null(settings.MomentumSchedule);
    }

    [Theory]
    [InlineData("schedule: cosin", "cosin is not a schedule. Did you mean \"cosine\"? Known: constant, *")]
    [InlineData("schedule: [cosine]", "schedule must be a name, or a name with values ({ name: cosine, warmup: 500 }), got a list.")]
    [InlineData("schedule:", "schedule must be a name, or a name with values ({ name: cosine, warmup: 500 }), got nothing.")]
    [InlineData("schedule: { warmup: 5 }", "schedule needs the key \"name\", as in { name: cosine, warmup: 500 }.")]
    [InlineData("schedule: { name: cosine, warmpu: 5 }",
        "cosine has no hyperparameter \"warmpu\". Did you mean \"warmup\"? Known: length, end_factor, warmup, per.")]
    [InlineData("schedule: { name: cosine, warmup: long }", "schedule: warmup must be a number, got long.")]
    [InlineData("schedule: { name: step, every: 2.5 }", "step: every must be 0, a share below 1, or a whole number of steps, got 2.5.")]
    [InlineData("schedule: { name: one-cycle, three_phases: 1 }", "one-cycle: three_phases must be true or false, got 1.")]
    [InlineData("schedule: { name: one-cycle, three_phases: true, peak: 0.6 }", "one-cycle: three_phases needs a peak below 0.5, got 0.6.")]
    [InlineData("schedule: { name: multi-step, milestones: [3, 2] }", "multi-step: milestones must list rising lengths, *, got \"[3, 2]\".")]
    public void AMistakeIsSaidAtItsLine(string line, string message)
    {
        string actual = StudyText.Mistake($"{StudyText.Smallest}\n{line}");
        string[] parts = $"study.yaml, line 5: {message}".Split('*');
        Assert.StartsWith(parts[0], actual);
        Assert.EndsWith(parts[^1], actual);
    }

    [Theory]
    [InlineData("weight_decay_schedule=cosine", "weight_decay_schedule multiplies weight_decay, which is 0 for adam.")]
    [InlineData("optimizers=[adam: {beta1: 0}]", "momentum_schedule multiplies beta1, which is 0 for adam.")]
    [InlineData("optimizers=[adagrad]", "momentum_schedule: adagrad has no momentum and no beta1.")]
    public void AScheduleNeedsSomethingToMultiply(string set, string sentence) =>
        Assert.EndsWith(sentence, StudyText.Mistake(StudyText.Smallest, "momentum_schedule=cosine", set));
}
