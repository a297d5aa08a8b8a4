using Descent.Data;
using Descent.Formats;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>What convolutions, batch norm and dropout ask of a training.</summary>
public class ImageTrainingTests
{
    static readonly TrainingSettings normalized = ImageTraining.Settings with { Model = ImageTraining.Net(hasBatchNorm: true, dropout: 0.3) };

    [Fact]
    public void ExactSumsAreOtherBitsOfTheSameNumbers()
    {
        var (fast, told, _) = ImageTraining.Run(ImageTraining.Settings);
        var exact = ImageTraining.Settings with { IsExact = true };
        var (slow, others, _) = ImageTraining.Run(exact);

        Assert.NotEqual(fast.ParametersHash, slow.ParametersHash);
        Assert.Equal(told.Steps[0].Loss, others.Steps[0].Loss, 1e-5);
        Assert.Equal(told.Steps[0].GradientNorm, others.Steps[0].GradientNorm, 1e-4);
        Assert.Equal(slow.ParametersHash, ImageTraining.Run(exact, threads: 3).Outcome.ParametersHash);
    }

    [Fact]
    public void ImagesAreEnlargedInPiecesAndByAnyNumberOfThreadsAlike()
    {
        var settings = ImageTraining.Settings with { Model = ConvolutionalNets.TwoBlocks(new Shape(13, 13, 3), 10).ForImages(new Shape(8, 8, 3)) };
        var (whole, told, _) = ImageTraining.Run(settings);
        var (_, inPieces, _) = ImageTraining.Run(settings with { PhysicalBatch = 20 });

        Assert.Equal(whole.ParametersHash, ImageTraining.Run(settings, threads: 3).Outcome.ParametersHash);
        Assert.Equal(6, told.Steps.Count);
        foreach (var (one, other) in told.Steps.Zip(inPieces.Steps))
        {
            Assert.Equal(one.Loss, other.Loss, 1e-4);
            Assert.Equal(one.GradientNorm, other.GradientNorm, 1e-3);
        }
    }

    [Fact]
    public void ABatchBeyondATensorIsRefusedBeforeAnythingRuns()
    {
        var settings = ImageTraining.Settings with { Model = ResNet18.Create(new Shape(1024, 1024, 3), 10, ResNet18.Stem.Small).ForImages(new Shape(8, 8, 3)) };
        Assert.Equal("32 images at a time are too many for this model: conv1 gives [1024, 1024, 64] of each, and a tensor has at most 2147483647 numbers. "
            + "Give a physical batch of at most 31.", Assert.Throws<BadInputException>(() => ImageTraining.Run(settings)).Message);
    }

    [Fact]
    public void TheEvaluationIsExactWhereTheTrainingIs()
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(ImageTraining.Settings with { Steps = 3, IsExact = true }, ImageTraining.Data, "float32", executor, TimeProvider.System);
        _ = run.Run(new RecordingObserver(_ => false), TestContext.Current.CancellationToken);
        float[] told = run.LastLogits()!.Values<float>().ToArray();
        // The third batch has the six images that are left.
        Assert.Equal(6 * 10, told.Length);
        using var parameters = new Parameters<float>(ImageTraining.Settings.Model.Parameters);
        WeightsFile.Load(new WeightsContent("the run", run.TakeWeights().Arrays), parameters);
        using var exact = new Evaluation<float>(executor, ImageTraining.Settings.Model, parameters, Normalization.Half) { IsExact = true };
        using var fast = new Evaluation<float>(executor, ImageTraining.Settings.Model, parameters, Normalization.Half);
        var order = BatchOrder.Shuffled(ImageTraining.Data.Train, 32, seed: 0);
        order.Start(epoch: 1, batch: 2);
        int[] batch = new int[32];
        int count = order.NextBatch(batch);

        Assert.Equal(exact.Logits(ImageTraining.Data.Train.Images, batch.AsSpan(0, count)), told);
        Assert.NotEqual(fast.Logits(ImageTraining.Data.Train.Images, batch.AsSpan(0, count)), told);
    }

    [Fact]
    public void BitsAreEqualForAnyNumberOfThreadsAndAfterAResume()
    {
        var settings = normalized with { Augmentation = Augmentation.CropAndFlip, PhysicalBatch = 20 };
        var (expected, told, last) = ImageTraining.Run(settings, isCheckpointDue: step => step is 2 or 3 or 4);

        Assert.Equal(expected.ParametersHash, ImageTraining.Run(settings, threads: 3).Outcome.ParametersHash);
        Assert.Equal(3, told.Checkpoints.Count);
        foreach (var checkpoint in told.Checkpoints)
        {
            var (outcome, rest, end) = ImageTraining.Run(settings, from: checkpoint);
            Assert.Equal(expected.ParametersHash, outcome.ParametersHash);
            Assert.Equal(told.Steps.Where(step => step.Step > checkpoint.Step), rest.Steps);
            Assert.Equal(last.Arrays.Select(Bytes), end.Arrays.Select(Bytes));
        }
    }

    /// <summary>Statistics begin at 0 and 1 and take in every batch, not the evaluations between.</summary>
    [Fact]
    public void RunningStatisticsMoveWithTheStepsAlone()
    {
        var (_, told, last) = ImageTraining.Run(normalized with { Epochs = 1 }, isCheckpointDue: step => step == 3);

        Assert.Equal(["bn1.running_mean", "bn1.running_var"], last.Arrays.Select(array => array.Name).Where(name => name.Contains("running", StringComparison.Ordinal)));
        Assert.Equal(told.Checkpoints[0].Arrays.Select(Bytes), last.Arrays.Select(Bytes));
        var fresh = ImageTraining.Run(normalized with { Epochs = 0 }).Last;
        Assert.All(Find(fresh, "bn1.running_mean"), x => Assert.Equal(0, x));
        Assert.All(Find(fresh, "bn1.running_var"), x => Assert.Equal(1, x));
        Assert.All(Find(last, "bn1.running_mean"), x => Assert.NotEqual(0, x));
    }

    /// <summary>What is dropped goes by an image's place in the whole batch: pieces drop the same as the batch at once.</summary>
    [Fact]
    public void PiecesGiveTheLargeBatchWithDropout()
    {
        var settings = ImageTraining.Settings with { Model = ImageTraining.Net(dropout: 0.5), Augmentation = Augmentation.CropAndFlip };
        var (_, whole, last) = ImageTraining.Run(settings, precision: "float64");
        var (_, pieces, end) = ImageTraining.Run(settings with { PhysicalBatch = 12 }, precision: "float64");

        Assert.All(whole.Steps.Zip(pieces.Steps), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-12));
        Assert.InRange(ImageTraining.Gap(last, end), 0, 1e-11);
        Assert.NotEqual(whole.Steps[0].Loss, ImageTraining.Run(settings with { Seed = 1 }, precision: "float64").Told.Steps[0].Loss);
    }

    /// <summary>A piece has a mean and a variance of its own: with batch norm, pieces are another training, here and everywhere.</summary>
    [Fact]
    public void WithBatchNormPiecesAreAnotherTraining()
    {
        var settings = ImageTraining.Settings with { Model = ImageTraining.Net(hasBatchNorm: true), Epochs = 1 };
        var (_, whole, last) = ImageTraining.Run(settings, precision: "float64");
        foreach (int physical in (int[])[16, 8])
        {
            var (_, pieces, end) = ImageTraining.Run(settings with { PhysicalBatch = physical }, precision: "float64");
            double loss = Math.Abs(whole.Steps[0].Loss - pieces.Steps[0].Loss) / whole.Steps[0].Loss;
            double norm = Math.Abs(whole.Steps[0].GradientNorm - pieces.Steps[0].GradientNorm) / whole.Steps[0].GradientNorm;
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"batch norm over {physical} of 32 images: first loss off by {loss:P2}, gradient norm by {norm:P2}, parameters after 3 steps by {ImageTraining.Gap(last, end):P2}"));
            Assert.InRange(loss, 1e-6, 0.5);
            Assert.InRange(norm, 1e-6, 0.5);
        }
    }

    /// <summary>Said before the first step, not at the end of an epoch; of 70 images, batches of 23 leave one. Images of several pixels have values enough.</summary>
    [Fact]
    public void ABatchNormOfVectorsWantsTwoImagesAtATime()
    {
        var vectors = ImageTraining.Settings with
        {
            Model = new Model(new Shape(8, 8, 3), [new("flatten", new Flatten()), new("fc1", new Linear(192, 6)), new("bn", new BatchNorm(6)), new("fc2", new Linear(6, 10))]),
            BatchSize = 23,
            Epochs = 1,
        };

        Assert.Equal("bn (batch_norm) needs at least 2 images at a time in training, and a batch of 1 ends in a single one: "
            + "choose another batch size or physical batch than 23.", Refusal(vectors));
        Assert.Equal("bn (batch_norm) needs at least 2 images at a time in training, and a batch of 32 ends in a single one: "
            + "choose another batch size or physical batch than 32 and 31.", Refusal(vectors with { BatchSize = 32, PhysicalBatch = 31 }));
        Assert.NotNull(Refusal(vectors with { BatchSize = 32, PhysicalBatch = 1 }));
        Assert.NotNull(Refusal(vectors with { BatchSize = 1 }));
        foreach (var settings in (TrainingSettings[])[vectors with { Steps = 3 }, vectors with { BatchSize = 24 }, vectors with { PhysicalBatch = 12, Steps = 3 },
            normalized with { BatchSize = 23, Epochs = 1 }, normalized with { PhysicalBatch = 1, Epochs = 1 }])
        {
            Assert.Equal(TrainingEnd.Complete, ImageTraining.Run(settings).Outcome.End);
        }

        static string Refusal(TrainingSettings settings) => Assert.Throws<BadInputException>(() => ImageTraining.Run(settings)).Message;
    }

    /// <summary>Names, counters of batches and a head of 1000 classes as in torchvision's file.</summary>
    [Fact]
    public void TransferTakesParametersAndStatisticsWithoutTheHead()
    {
        var (_, _, trained) = ImageTraining.Run(normalized with { Epochs = 1, Seed = 3 });
        NamedArray[] file =
        [
            .. trained.Arrays.Where(array => !array.Name.StartsWith("fc.", StringComparison.Ordinal) && !array.Name.StartsWith("optimizer.", StringComparison.Ordinal)),
            NamedArray.Copy<long>("bn1.num_batches_tracked", [], [3]), NamedArray.Copy<float>("fc.weight", [1000, 512], new float[512_000]),
            NamedArray.Copy<float>("fc.bias", [1000], new float[1000]),
        ];
        var start = ImageTraining.Run(normalized with { Epochs = 0, Weights = new InitialWeights(new("torchvision.pth", file), IsExceptHead: true) }).Last;
        var fresh = ImageTraining.Run(normalized with { Epochs = 0 }).Last;

        foreach (string name in (string[])["conv1.weight", "bn1.weight", "bn1.running_mean", "bn1.running_var", "conv2.bias"])
        {
            Assert.Equal(Find(trained, name), Find(start, name));
            Assert.NotEqual(Find(fresh, name), Find(start, name));
        }

        Assert.Equal(Find(fresh, "fc.weight"), Find(start, "fc.weight"));
        Assert.Contains("All but the last layer fit: with --init-except-head (in a study init_except_head: true) it keeps its fresh start.", Assert.Throws<BadInputException>(() =>
            ImageTraining.Run(normalized with { Weights = new InitialWeights(new("torchvision.pth", file)) })).Message);
    }

    [Fact]
    public void ImagesOfAnotherSizeOrOfMoreClassesAreRefused()
    {
        string Refusal(TrainingSettings settings) => Assert.Throws<BadInputException>(() => ImageTraining.Run(settings)).Message;

        Assert.Equal("The model takes images of [64], those of train are 8×8×3.", Refusal(DigitsTraining.Settings));
        Assert.Equal("The model takes images of [16, 4, 3], those of train are 8×8×3.", Refusal(ImageTraining.Settings with
        {
            Model = new Model(new Shape(16, 4, 3), [new("flatten", new Flatten()), new("fc", new Linear(192, 10))]),
        }));
        Assert.Equal("The model tells 9 classes apart, the images of train have 10.", Refusal(ImageTraining.Settings with
        {
            Model = new Model(new Shape(8, 8, 3), [new("flatten", new Flatten()), new("fc", new Linear(192, 9))]),
        }));
    }

    static double[] Find(Checkpoint checkpoint, string name) =>
        [.. checkpoint.Arrays.Single(array => array.Name == name).Values<float>().ToArray().Select(x => (double)x)];

    static string Bytes(NamedArray array) => $"{array.Name} {Convert.ToHexString(array.Bytes.Span)}";
}
