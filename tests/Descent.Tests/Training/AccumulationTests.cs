using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>A batch that is worked on in pieces against the whole batch at once. 1437 images in batches of 100: the last batch has 37.</summary>
public class AccumulationTests
{
    static readonly TrainingSettings Whole = DigitsTraining.Settings with
    {
        BatchSize = 100,
        Epochs = 2,
        Optimizer = new Sgd(LearningRate: 0.5, Momentum: 0.9),
        Clipping = new ClipByNorm(0.4),
    };

    /// <summary>Pieces that divide the batch and such that do not, larger and smaller than the last batch, down to one image.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(37)]
    [InlineData(32)]
    [InlineData(99)]
    [InlineData(1)]
    public void PiecesGiveTheLargeBatchToRounding(int physical)
    {
        var (_, expected) = DigitsTraining.Run(Whole, precision: "float64", isCheckpointDue: step => step == 30);
        var (_, told) = DigitsTraining.Run(Whole with { PhysicalBatch = physical }, precision: "float64", isCheckpointDue: step => step == 30);

        Assert.Contains(expected.Steps, step => step.GradientNorm > 0.4);
        Assert.Contains(expected.Steps, step => step.GradientNorm < 0.4);
        foreach (var (x, y) in expected.Steps.Zip(told.Steps))
        {
            Assert.Equal(x.Loss, y.Loss, 1e-12 * x.Loss);
            Assert.Equal(x.GradientNorm, y.GradientNorm, 1e-11 * x.GradientNorm);
        }

        foreach (var (x, y) in expected.Checkpoints[0].Arrays.Zip(told.Checkpoints[0].Arrays))
        {
            double[] wanted = x.Values<double>().ToArray(), got = y.Values<double>().ToArray();
            Assert.Equal(0, wanted.Zip(got, (a, b) => Math.Abs(a - b)).Max() / wanted.Max(Math.Abs), 1e-12);
        }
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void PiecesAreEqualToTheBitForAnyNumberOfThreads(string precision)
    {
        var settings = Whole with { PhysicalBatch = 32 };
        var (expected, told) = DigitsTraining.Run(settings, threads: 1, precision);
        foreach (int threads in (int[])[2, 3])
        {
            var (outcome, others) = DigitsTraining.Run(settings, threads, precision);
            Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
            Assert.Equal(told.Steps, others.Steps);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void ABatchInOnePieceHasTheBitsOfOneWithoutPieces(int physical)
    {
        var (expected, told) = DigitsTraining.Run(Whole);
        var (outcome, others) = DigitsTraining.Run(Whole with { PhysicalBatch = physical });
        Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
        Assert.Equal(told.Steps, others.Steps);
        Assert.NotEqual(expected.ParametersHash, DigitsTraining.Run(Whole with { PhysicalBatch = 32 }).Outcome.ParametersHash);
    }

    [Fact]
    public void ATrainingInPiecesGoesOnFromACheckpoint()
    {
        var settings = Whole with { PhysicalBatch = 32 };
        var (expected, whole) = DigitsTraining.Run(settings, isCheckpointDue: step => step == 14);
        Assert.Equal(expected.ParametersHash, DigitsTraining.Run(settings, from: whole.Checkpoints[0]).Outcome.ParametersHash);
    }
}
