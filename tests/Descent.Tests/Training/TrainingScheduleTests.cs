using Descent.Optimizers;
using Descent.Schedules;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Tests.Training;

public class TrainingScheduleTests
{
    static readonly SchedulePlan cosine = SchedulePlan.Create("cosine", new Dictionary<string, object> { ["warmup"] = 10 });

    static TrainingSettings Settings => DigitsTraining.Settings;

    [Fact]
    public void EveryStepHasItsLearningRate()
    {
        var (_, told) = DigitsTraining.Run(Settings with { Schedule = cosine });

        // 3 epochs of 45 steps.
        var run = new ScheduleRun(cosine, 135, 45);
        Assert.Equal(Enumerable.Range(0, 135).Select(step => 1e-3 * run.Factor(step)), told.Steps.Select(step => step.LearningRate));
        Assert.Equal(1e-3 / 11, told.Steps[0].LearningRate, 1e-18);
    }

    /// <summary>Two rates of which the second is the first's half train like one rate and a schedule that halves it.</summary>
    [Fact]
    public void TheRuleMovesByTheScheduledLearningRate()
    {
        var half = SchedulePlan.Create("step", new Dictionary<string, object> { ["every"] = 20, ["factor"] = 0.5 });
        var sgd = Settings with { Optimizer = new Sgd(LearningRate: 0.5), Steps = 21 };
        var (_, whole) = DigitsTraining.Run(sgd with { Steps = 20 }, isCheckpointDue: step => step == 20);
        var (expected, _) = DigitsTraining.Run(sgd with { Optimizer = new Sgd(LearningRate: 0.25) }, from: whole.Checkpoints[0]);
        var (constant, _) = DigitsTraining.Run(sgd, from: whole.Checkpoints[0]);

        var (scheduled, _) = DigitsTraining.Run(sgd with { Schedule = half });

        Assert.Equal(expected.ParametersHash, scheduled.ParametersHash);
        Assert.NotEqual(constant.ParametersHash, scheduled.ParametersHash);
    }

    /// <summary>The same for weight decay and for momentum, of which rules without it have β₁.</summary>
    [Fact]
    public void WeightDecayAndMomentumAreScheduledToo()
    {
        var half = SchedulePlan.Create("step", new Dictionary<string, object> { ["every"] = 20, ["factor"] = 0.5 });
        AssertScheduled(With(new AdamW(WeightDecay: 0.5)), With(new AdamW(WeightDecay: 0.25)), x => x with { WeightDecaySchedule = half });
        AssertScheduled(With(new Sgd(LearningRate: 0.1, Momentum: 0.8)), With(new Sgd(LearningRate: 0.1, Momentum: 0.4)), x => x with { MomentumSchedule = half });
        AssertScheduled(With(new Adam(Beta1: 0.8)), With(new Adam(Beta1: 0.4)), x => x with { MomentumSchedule = half });
    }

    /// <summary>In the records of groups, of what a rule wraps, and of the rule that others hand parameters to.</summary>
    [Fact]
    public void ASchedulesReachIsEveryRuleAtWork()
    {
        var half = SchedulePlan.Create("step", new Dictionary<string, object> { ["every"] = 20, ["factor"] = 0.5 });
        AssertScheduled(Grouped(0.5, 0.8), Grouped(0.25, 0.4), x => x with { WeightDecaySchedule = half });
        AssertScheduled(With(new Ema { Wrapped = new AdamW(WeightDecay: 0.5) }), With(new Ema { Wrapped = new AdamW(WeightDecay: 0.25) }), x => x with { WeightDecaySchedule = half });
        AssertScheduled(Deep(new Muon(WeightDecay: 0.5, AdamwWeightDecay: 0.8)), Deep(new Muon(WeightDecay: 0.25, AdamwWeightDecay: 0.4)), x => x with { WeightDecaySchedule = half });

        static TrainingSettings Grouped(double decay, double ofBiases) => With(new AdamW(WeightDecay: decay)) with
        {
            ParameterGroups = [new(new ParameterMatch { Is = ["bias"] }, new Dictionary<string, object> { ["weight_decay"] = ofBiases })],
        };

        static TrainingSettings Deep(IOptimizer optimizer) => With(optimizer) with
        {
            Model = WorkloadCatalog.Find("digits-mlp").CreateModel(new Dictionary<string, string> { ["hidden"] = "[16, 16]" }),
        };
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("one-cycle")]
    [InlineData("reduce-on-plateau")]
    public void AResumedTrainingHasTheBitsOfAnUndisturbedOne(string name)
    {
        var values = new Dictionary<string, object>();
        if (name == "reduce-on-plateau")
        {
            // So strict that every epoch is one without improvement, and the third already runs at a thousandth.
            values = new() { ["patience"] = 0, ["threshold"] = 0.9, ["monitor"] = "train_loss" };
        }

        var settings = Settings with { Schedule = SchedulePlan.Create(name, values), Optimizer = new AdamW() };
        var (expected, told) = DigitsTraining.Run(settings, isCheckpointDue: step => step is 70 or 90);

        Assert.All(told.Checkpoints, checkpoint =>
        {
            var (outcome, again) = DigitsTraining.Run(settings, from: checkpoint);
            Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
            Assert.Equal(told.Steps.Skip((int)checkpoint.Step), again.Steps);
        });
    }

    [Fact]
    public void APlateauIsSeenAtTheEndsOfEpochs()
    {
        var plateau = SchedulePlan.Create("reduce-on-plateau",
            new Dictionary<string, object> { ["factor"] = 0.5, ["patience"] = 0, ["threshold"] = 0.9, ["monitor"] = "train_accuracy" });

        var (_, told) = DigitsTraining.Run(Settings with { Schedule = plateau });

        // The accuracy after the first epoch is the best so far; the second is not better by nine tenths of it.
        Assert.Equal([1e-3, 1e-3, 5e-4], told.Steps.Where(step => step.Step % 45 == 1).Select(step => step.LearningRate));
        Assert.Equal(1e-3, told.Steps[89].LearningRate);
    }

    [Fact]
    public void ACheckpointWithoutThePlateausMemoryIsRefused()
    {
        var (_, told) = DigitsTraining.Run(Settings with { Steps = 1 }, isCheckpointDue: _ => true);
        var plateau = SchedulePlan.Create("reduce-on-plateau", new Dictionary<string, object> { ["monitor"] = "train_loss" });

        Assert.Equal("The checkpoint does not say its schedule.",
            Refusal(() => DigitsTraining.Run(Settings with { Schedule = plateau }, from: told.Checkpoints[0])));
    }

    [Fact]
    public void APlateauNeedsWhatItWatches() => Assert.Equal(
        "reduce-on-plateau watches validation_loss, but no images are set apart for validation: say how many (validation: 5000), "
        + "or watch train_loss (monitor: train_loss).",
        Refusal(() => DigitsTraining.Run(Settings with { Schedule = SchedulePlan.Create("reduce-on-plateau", new Dictionary<string, object>()) })));

    [Fact]
    public void AScheduledMomentumStaysInItsRange()
    {
        var rising = SchedulePlan.Create("linear", new Dictionary<string, object> { ["end_factor"] = 1.2 });

        // 0.9·(1 + 0.2·86/154): the first step above 1.
        Assert.Equal("adam: beta1 must lie in [0, 1), got 1.0005194805194806.",
            Refusal(() => DigitsTraining.Run(Settings with { Optimizer = new Adam(Beta1: 0.9), MomentumSchedule = rising, Steps = 154 })));

        // A group's 0.95 leaves it where the others' 0.5 does not.
        ParameterGroup biases = new(new ParameterMatch { Is = ["bias"] }, new Dictionary<string, object> { ["beta1"] = 0.95 });
        Assert.StartsWith("adam: beta1 must lie in [0, 1), got 1.00",
            Refusal(() => DigitsTraining.Run(Settings with { Optimizer = new Adam(Beta1: 0.5), ParameterGroups = [biases], MomentumSchedule = rising, Steps = 154 })));
    }

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    static TrainingSettings With(IOptimizer optimizer) => Settings with { Optimizer = optimizer, Steps = 21 };

    /// <summary>A schedule that halves something after 20 steps trains on like settings that have the half.</summary>
    static void AssertScheduled(TrainingSettings settings, TrainingSettings after, Func<TrainingSettings, TrainingSettings> schedule)
    {
        var (_, whole) = DigitsTraining.Run(settings with { Steps = 20 }, isCheckpointDue: step => step == 20);
        var (expected, _) = DigitsTraining.Run(after, from: whole.Checkpoints[0]);
        var (constant, _) = DigitsTraining.Run(settings, from: whole.Checkpoints[0]);

        var (scheduled, _) = DigitsTraining.Run(schedule(settings));

        Assert.Equal(expected.ParametersHash, scheduled.ParametersHash);
        Assert.NotEqual(constant.ParametersHash, scheduled.ParametersHash);
    }
}
