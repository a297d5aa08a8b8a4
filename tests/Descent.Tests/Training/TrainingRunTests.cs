using Descent.Data;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Training;

namespace Descent.Tests.Training;

public class TrainingRunTests
{
    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void ParametersAreEqualToTheBitForAnyNumberOfThreads(string precision)
    {
        var settings = DigitsTraining.Settings with { Clipping = new ClipByNorm() };
        var (expected, told) = DigitsTraining.Run(settings, threads: 1, precision);
        Assert.Equal(3 * 45, expected.Steps);
        foreach (int threads in (int[])[2, 3, 8])
        {
            var (outcome, others) = DigitsTraining.Run(settings, threads, precision);
            Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
            Assert.Equal(told.Steps, others.Steps);
            Assert.Equal(told.EpochNumbers, others.EpochNumbers);
        }
    }

    [Fact]
    public void ItLearnsTheDigits()
    {
        var (outcome, told) = DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 20 });
        Assert.Equal(TrainingEnd.Complete, outcome.End);
        Assert.Equal(Enumerable.Range(0, 21), told.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Math.Log(10), told.Epochs[0].TrainLoss, 0.15);
        Assert.InRange(told.Epochs[^1].TestAccuracy, 0.94, 1);
        Assert.True(double.IsNaN(told.Epochs[0].ValidationLoss));
    }

    [Fact]
    public void SeedsDecideWeightsAndOrder()
    {
        var first = DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 1 });
        Assert.Equal(first.Outcome.ParametersHash, DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 1 }).Outcome.ParametersHash);
        Assert.NotEqual(first.Outcome.ParametersHash, DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 1, Seed = 1 }).Outcome.ParametersHash);
    }

    /// <summary>Every optimizer at seed s sees the same weights and the same batches: the first step's loss and gradient are equal.</summary>
    [Fact]
    public void OptimizersAreCompared_OnPairedStreams()
    {
        var adam = DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 1 }).Told;
        var sgd = DigitsTraining.Run(DigitsTraining.Settings with { Epochs = 1, Optimizer = new Sgd(LearningRate: 0.1) }).Told;
        Assert.Equal(Measured(adam.Steps[0]), Measured(sgd.Steps[0]));
        Assert.NotEqual(Measured(adam.Steps[1]), Measured(sgd.Steps[1]));

        static (double, double) Measured(StepRecord step) => (step.Loss, step.GradientNorm);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(44)]
    [InlineData(45)]
    [InlineData(77)]
    [InlineData(135)]
    public void GoesOnFromACheckpointToTheSameBits(long at)
    {
        var (expected, whole) = DigitsTraining.Run(DigitsTraining.Settings, isCheckpointDue: step => step == at);
        var (outcome, rest) = DigitsTraining.Run(DigitsTraining.Settings, from: Assert.Single(whole.Checkpoints));
        Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
        Assert.Equal(whole.Steps.Where(step => step.Step > at), rest.Steps);
        Assert.Equal(whole.EpochNumbers.Where(epoch => epoch.Step > at), rest.EpochNumbers);
    }

    [Fact]
    public void AugmentationChangesTheTrainingAndIsTheSameForAnyThreadsAndAfterAResume()
    {
        var settings = DigitsTraining.Settings with { Augmentation = new Augmentation("shift", Padding: 1) };
        var (expected, told) = DigitsTraining.Run(settings, isCheckpointDue: step => step is 50 or 60);

        Assert.NotEqual(DigitsTraining.Run(DigitsTraining.Settings).Outcome.ParametersHash, expected.ParametersHash);
        Assert.Equal(expected.ParametersHash, DigitsTraining.Run(settings, threads: 3).Outcome.ParametersHash);
        Assert.All(told.Checkpoints, checkpoint =>
            Assert.Equal(expected.ParametersHash, DigitsTraining.Run(settings, from: checkpoint).Outcome.ParametersHash));
    }

    [Fact]
    public void CancellationLeavesACheckpointThatEndsInTheSameBits()
    {
        using var source = new CancellationTokenSource();
        var (cancelled, told) = DigitsTraining.Run(DigitsTraining.Settings, source: source, isCheckpointDue: step =>
        {
            if (step == 50)
            {
                source.Cancel();
            }

            return false;
        });
        Assert.Equal((TrainingEnd.Cancelled, 50), (cancelled.End, cancelled.Steps));
        var expected = DigitsTraining.Run(DigitsTraining.Settings).Outcome.ParametersHash;
        Assert.Equal(expected, DigitsTraining.Run(DigitsTraining.Settings, from: Assert.Single(told.Checkpoints)).Outcome.ParametersHash);
    }

    [Fact]
    public void ATrainingCancelledBeforeItsFirstStepStartsAnew()
    {
        var (_, told) = DigitsTraining.Run(DigitsTraining.Settings, source: Cancelled());
        Assert.Empty(told.Steps);
        var (outcome, rest) = DigitsTraining.Run(DigitsTraining.Settings, from: Assert.Single(told.Checkpoints));
        Assert.Equal(DigitsTraining.Run(DigitsTraining.Settings).Outcome.ParametersHash, outcome.ParametersHash);
        Assert.Equal(Enumerable.Range(0, 4), told.Epochs.Concat(rest.Epochs).Select(epoch => epoch.Epoch));
    }

    /// <summary>1437 and 360 images in batches of at most 1000: the evaluations come in three pieces.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void AnEvaluationThatIsCancelledIsMadeAgain(int epoch, int piece)
    {
        using var source = new CancellationTokenSource();
        int told = 0;
        var (cancelled, first) = DigitsTraining.Run(DigitsTraining.Settings, source: source, evaluating: progress =>
        {
            if (progress.Epoch == epoch && ++told == piece)
            {
                source.Cancel();
            }
        });
        Assert.Equal((TrainingEnd.Cancelled, 45L * epoch), (cancelled.End, cancelled.Steps));
        var (expected, whole) = DigitsTraining.Run(DigitsTraining.Settings);
        var (outcome, rest) = DigitsTraining.Run(DigitsTraining.Settings, from: Assert.Single(first.Checkpoints));
        Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
        Assert.Equal(whole.EpochNumbers, [.. first.EpochNumbers, .. rest.EpochNumbers]);
        Assert.Equal(whole.Steps, [.. first.Steps, .. rest.Steps]);
        Assert.Equal([1000, 1437, 1797, 1000, 1437, 1797], whole.Evaluations.Take(6).Select(x => x.Images));
        Assert.All(whole.Evaluations, x => Assert.Equal(1797, x.Total));
    }

    [Fact]
    public void ADivergedTrainingEndsAtTheStepWhoseLossWasNotFinite()
    {
        var (outcome, told) = DigitsTraining.Run(DigitsTraining.Settings with { Optimizer = new Sgd(LearningRate: 1e30) });
        Assert.Equal(TrainingEnd.Diverged, outcome.End);
        Assert.Equal(told.Steps[^1].Step, outcome.DivergedAtStep);
        Assert.False(double.IsFinite(told.Steps[^1].Loss) && double.IsFinite(told.Steps[^1].GradientNorm));
        Assert.All(told.Steps.SkipLast(1), step => Assert.True(double.IsFinite(step.Loss) && double.IsFinite(step.GradientNorm)));
    }

    [Fact]
    public void StepsEndATrainingInsideAnEpoch()
    {
        var (outcome, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 50 });
        Assert.Equal((TrainingEnd.Complete, 50), (outcome.End, outcome.Steps));
        Assert.Equal([(0, 0), (1, 45), (2, 50)], told.Epochs.Select(epoch => (epoch.Epoch, (int)epoch.Step)));
        Assert.Equal([1, 2], told.Steps.Select(step => step.Epoch).Distinct());
    }

    /// <summary>Plain gradient descent moves by the clipped gradient: the step's length is lr · min(norm, limit).</summary>
    [Fact]
    public void ClippingScalesTheWholeGradientAndRecordsBothNorms()
    {
        var free = DigitsTraining.Settings with { Steps = 1, Optimizer = new Sgd(LearningRate: 1) };
        var (_, start) = DigitsTraining.Run(free with { Steps = 1 }, precision: "float64", isCheckpointDue: _ => true);
        var (_, clipped) = DigitsTraining.Run(free with { Clipping = new ClipByNorm(0.125) }, precision: "float64", isCheckpointDue: _ => true);
        var (_, before) = DigitsTraining.Run(free, precision: "float64", source: Cancelled());
        double norm = start.Steps[0].GradientNorm;
        Assert.Equal(norm, clipped.Steps[0].GradientNorm);
        Assert.Equal((norm, 0.125), (start.Steps[0].ClippedGradientNorm, clipped.Steps[0].ClippedGradientNorm));
        Assert.True(norm > 0.125);
        Assert.Equal(norm, Distance(before.Checkpoints[0], start.Checkpoints[0]), 1e-12);
        Assert.Equal(0.125, Distance(before.Checkpoints[0], clipped.Checkpoints[0]), 1e-12);
    }

    static CancellationTokenSource Cancelled()
    {
        var source = new CancellationTokenSource();
        source.Cancel();
        return source;
    }

    static double Distance(Checkpoint a, Checkpoint b)
    {
        double sum = 0;
        foreach (var (x, y) in a.Arrays.Zip(b.Arrays))
        {
            ReadOnlySpan<double> left = x.Values<double>(), right = y.Values<double>();
            for (int i = 0; i < left.Length; i++)
            {
                sum += (left[i] - right[i]) * (left[i] - right[i]);
            }
        }

        return Math.Sqrt(sum);
    }
}
