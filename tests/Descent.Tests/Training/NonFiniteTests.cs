using Descent.Layers;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>Steps whose loss or gradient is not finite. Weights this large overflow float32 on bright images alone, and steps this small
/// leave them where they are.</summary>
public class NonFiniteTests
{
    static TrainingSettings Settings => DigitsTraining.Settings with
    {
        Initialization = InitializationCatalog.Parse("normal(scale=1.3e18)"),
        Optimizer = new Adam(LearningRate: 1e-30),
        BatchSize = 1,
        Steps = 200,
    };

    [Fact]
    public void ByDefaultTheFirstEndsTheTraining()
    {
        var (outcome, told) = DigitsTraining.Run(Settings);

        Assert.Equal((TrainingEnd.Diverged, told.Steps[^1].Step, 0), (outcome.End, outcome.DivergedAtStep, outcome.SkippedSteps));
        Assert.Equal([told.Steps[^1]], told.Steps.Where(IsNonFinite));
        Assert.True(told.Steps.Count > 1);
    }

    [Fact]
    public void SkippedStepsAreCountedAndTheOthersAreMade()
    {
        var (outcome, told) = DigitsTraining.Run(Settings with { SkipsNonFinite = true });

        Assert.Equal((TrainingEnd.Complete, 200L), (outcome.End, outcome.Steps));
        Assert.Null(outcome.DivergedAtStep);
        Assert.Equal(told.Steps.Count(IsNonFinite), outcome.SkippedSteps);
        Assert.InRange(outcome.SkippedSteps, 20, 180);
    }

    [Theory]
    [InlineData("")]
    [InlineData("percentile")]
    public void AResumedTrainingHasTheBitsOfAnUndisturbedOne(string clipping)
    {
        var settings = Settings with
        {
            SkipsNonFinite = true,
            Optimizer = new Adam(LearningRate: 1e15),
            Clipping = clipping.Length == 0 ? null : ClippingCatalog.Default.Find(clipping).Create(new Dictionary<string, object>()),
        };
        var (expected, told) = DigitsTraining.Run(settings, isCheckpointDue: step => step is 60 or 121);
        Assert.InRange(expected.SkippedSteps, 1, 199);

        Assert.All(told.Checkpoints, checkpoint =>
        {
            var (outcome, again) = DigitsTraining.Run(settings, from: checkpoint);
            Assert.Equal((expected.ParametersHash, expected.SkippedSteps), (outcome.ParametersHash, outcome.SkippedSteps));
            Assert.Equal(told.Steps.Skip((int)checkpoint.Step), again.Steps);
        });
    }

    /// <summary>A step that is left out is none for the rule: its count of steps stands still.</summary>
    [Fact]
    public void ASkippedStepIsNoStepOfTheOptimizer()
    {
        var (outcome, told) = DigitsTraining.Run(Settings with { SkipsNonFinite = true }, isCheckpointDue: step => step == 200);
        using var pool = new Descent.Tensors.Kernels.WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Descent.Tensors.Parameters<float>(Settings.Model.Parameters);
        using var optimizer = new OptimizerRun<float>(Settings.Optimizer, parameters, executor);

        _ = CheckpointContent.Restore(told.Checkpoints[0], parameters, optimizer);

        Assert.Equal(200 - outcome.SkippedSteps, optimizer.Steps);
    }

    /// <summary>Nothing has moved a whole epoch long, so nothing will.</summary>
    [Fact]
    public void AnEpochOfNothingButSkippedStepsIsADivergence()
    {
        var hopeless = Settings with { Initialization = InitializationCatalog.Parse("normal(scale=1e25)"), BatchSize = 500, SkipsNonFinite = true };
        var (outcome, told) = DigitsTraining.Run(hopeless);

        // 1437 images are three steps an epoch.
        Assert.Equal((TrainingEnd.Diverged, 3L, 1, 3L), (outcome.End, outcome.Steps, outcome.DivergedAtStep, outcome.SkippedSteps));
        Assert.Equal(3, told.Steps.Count);
        Assert.Equal(DigitsTraining.Run(hopeless with { Steps = 1 }).Outcome.ParametersHash, outcome.ParametersHash);
    }

    static bool IsNonFinite(StepRecord step) => !double.IsFinite(step.Loss) || !double.IsFinite(step.GradientNorm);
}
