using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>Trainings of a small convolutional network on made-up images, which tests compare with each other.</summary>
static class ImageTraining
{
    const int Side = 8, Classes = 10, Images = 70;

    public static TrainingData Data { get; } = new(DataPart.Whole("train", Made(Images)), DataPart.Whole("validation", Made(0)), DataPart.Whole("test", Made(20)),
        Normalization.Half);

    /// <summary>Batches of 32, 32 and 6 images; the second convolution has the channels that Winograd's transforms need.</summary>
    public static TrainingSettings Settings { get; } = new()
    {
        Model = Net(),
        Optimizer = new Sgd(LearningRate: 0.05, Momentum: 0.9),
        Initialization = InitializationCatalog.Parse("pytorch"),
        BatchSize = 32,
        Epochs = 2,
    };

    /// <param name="dropout">The probability; 0 for none.</param>
    public static Model Net(bool hasBatchNorm = false, double dropout = 0)
    {
        List<NamedLayer> layers =
        [
            new("conv1", new Conv2d(3, 32, 3, padding: 1)), new("relu1", Activation.Relu),
            new("conv2", new Conv2d(32, 32, 3, padding: 1)), new("relu2", Activation.Relu), new("pool", new MaxPool2d(2)),
            new("flatten", new Flatten()), new("dropout", new Dropout(dropout)), new("fc", new Linear(32 * Side * Side / 4, Classes)),
        ];
        if (hasBatchNorm)
        {
            layers.Insert(1, new("bn1", new BatchNorm(32)));
        }

        return new Model(new Shape(Side, Side, 3), layers);
    }

    /// <summary>Runs a training from the start, or from a checkpoint; a checkpoint is taken after its last step.</summary>
    public static (TrainingOutcome Outcome, RecordingObserver Told, Checkpoint Last) Run(TrainingSettings settings, int threads = 1, string precision = "float32",
        Checkpoint? from = null, Func<long, bool>? isCheckpointDue = null)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(settings, Data, precision, executor, TimeProvider.System);
        if (from is not null)
        {
            run.Restore(from);
        }

        var told = new RecordingObserver(isCheckpointDue ?? (_ => false));
        return (run.Run(told, TestContext.Current.CancellationToken), told, run.TakeCheckpoint());
    }

    /// <summary>The largest difference of two parameters' numbers, relative to the largest number.</summary>
    public static double Gap(Checkpoint a, Checkpoint b) => a.Arrays.Zip(b.Arrays).Where(pair => Settings.Model.Parameters.Any(x => x.Name == pair.First.Name)).Max(pair =>
    {
        double[] left = pair.First.Values<double>().ToArray(), right = pair.Second.Values<double>().ToArray();
        return left.Zip(right, (p, q) => Math.Abs(p - q)).Max() / Math.Max(left.Max(Math.Abs), double.Epsilon);
    });

    static LabeledImages Made(int count)
    {
        var stream = new RandomStream(7, StreamPurpose.Noise, 0);
        byte[] pixels = new byte[count * Side * Side * 3], labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)stream.NextInt32(Classes);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)stream.NextInt32(256);
        }

        return new LabeledImages(new ImageShape(Side, Side, 3), pixels, labels, Classes);
    }
}
