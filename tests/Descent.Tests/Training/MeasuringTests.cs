using Descent.Data;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>When loss and accuracy are measured, and on which images.</summary>
public class MeasuringTests
{
    /// <summary>45 batches an epoch: 44 of 32 images and one of 29.</summary>
    [Theory]
    [InlineData(1000, new[] { 0L, 32, 63, 94, 126, 135 })]
    [InlineData(32, new long[0])]
    [InlineData(1_000_000, new[] { 0L, 135 })]
    public void EverySoManyImagesItIsMeasured(long every, long[] steps)
    {
        var told = DigitsTraining.Run(DigitsTraining.Settings with { EvaluateEvery = every }).Told;

        Assert.Equal(every == 32 ? ByCounting(32) : steps, told.Epochs.Select(epoch => epoch.Step));
        Assert.Equal(ByCounting(every), told.Epochs.Select(epoch => epoch.Step));
    }

    /// <summary>Counted image by image.</summary>
    static List<long> ByCounting(long every)
    {
        List<long> steps = [0];
        long images = 0;
        for (int step = 1; step <= 135; step++)
        {
            bool isDue = false;
            for (int i = 0; i < (step % 45 == 0 ? 29 : 32); i++)
            {
                images++;
                isDue |= images % every == 0;
            }

            if (isDue || step == 135)
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    [Fact]
    public void AResumedTrainingIsMeasuredAtTheSameSteps()
    {
        var settings = DigitsTraining.Settings with { EvaluateEvery = 500, Order = ImageOrder.Replacement };
        var whole = DigitsTraining.Run(settings, isCheckpointDue: step => step is 16 or 47 or 60).Told;
        foreach (var checkpoint in whole.Checkpoints)
        {
            var rest = DigitsTraining.Run(settings, from: checkpoint).Told;

            Assert.Equal(whole.Steps.Skip((int)checkpoint.Step), rest.Steps);
            Assert.Equal(whole.EpochNumbers.Where(epoch => epoch.Step > checkpoint.Step), rest.EpochNumbers.Where(epoch => epoch.Step > checkpoint.Step));
        }

        Assert.Equal(3, whole.Checkpoints.Count);
    }

    [Fact]
    public void ASampleIsMeasuredInPlaceOfAPart()
    {
        var data = DigitsTraining.Data.MeasuredOn(train: 100, validation: null, test: 1_000_000, splitSeed: 3);

        Assert.Equal((100, 0, 360), (data.MeasuredTrain.Count, data.MeasuredValidation.Count, data.MeasuredTest.Count));
        Assert.Equal(1437, data.Train.Count);
        Assert.Empty(data.MeasuredTrain.Indices.ToArray().Except(data.Train.Indices.ToArray()));
        Assert.Equal(data.MeasuredTrain.Indices, DigitsTraining.Data.MeasuredOn(100, 5, 5, splitSeed: 3).MeasuredTrain.Indices);
        Assert.NotEqual(data.MeasuredTrain.Indices.ToArray(), DigitsTraining.Data.MeasuredOn(100, null, null, splitSeed: 4).MeasuredTrain.Indices.ToArray());

        // Drawn from the whole part: the mean place of 100 of 1,797 is 898 ± 52.
        Assert.InRange(data.MeasuredTrain.Indices.ToArray().Average(), 740, 1060);
    }

    /// <summary>What is measured is the loss of those images: a training on them alone has the same.</summary>
    [Fact]
    public void TheLossIsOfTheSample()
    {
        var data = DigitsTraining.Data.MeasuredOn(train: 64, null, test: 10, splitSeed: 1);
        var alone = new TrainingData(data.MeasuredTrain, data.Validation, data.MeasuredTest, data.Normalization);

        var (first, second) = (Start(data), Start(alone));

        Assert.Equal(second with { Seconds = 0 }, first with { Seconds = 0 });
        Assert.NotEqual(Start(DigitsTraining.Data).TrainLoss, first.TrainLoss);

        static EpochRecord Start(TrainingData data)
        {
            using var pool = new WorkerPool(1);
            using var executor = pool.CreateExecutor();
            using var run = TrainingRun.Create(DigitsTraining.Settings with { Epochs = 0 }, data, "float32", executor, TimeProvider.System);
            var told = new RecordingObserver(_ => false);
            _ = run.Run(told, TestContext.Current.CancellationToken);
            return told.Epochs.Single();
        }
    }
}
