using System.Globalization;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads;

/// <summary>CIFAR-10 and the networks of the notebooks on momentum, on convolutional networks, on update rules and on learning rates.</summary>
/// <remarks>Targets are test accuracies that the notebooks ask for or that their nets reach in the given epochs; a study may set its own.</remarks>
static class Cifar10Nets
{
    const string Data = "cifar10";
    const int Side = 32, Classes = 10;

    /// <summary>Raw bytes minus the mean image of the training part, into fully connected layers.</summary>
    public static Workload FullyConnected { get; } = new("cifar10-fc", "CIFAR-10 32×32, MLP 3072-100-100-100-100-100-10 with ReLU", Data,
        Normalization.MeanImage, BatchSize: 100, Epochs: 10, TargetAccuracy: 0.45, MlpWorkload.Options(100, 100, 100, 100, 100),
        MlpWorkload.Build(Mlp.Numbered, new Shape(Side, Side, 3), Classes));

    /// <summary>Target: the 70 % after which the notebook on momentum counts epochs.</summary>
    public static Workload BatchNormCnn { get; } = Net("cifar10-cnn-bn", "CIFAR-10 32×32, CNN 32-64-128 with batch norm, then 128", Normalization.PerImageStd,
        batchSize: 128, epochs: 30, target: 0.7, [], _ => ConvolutionalNets.BatchNormBlocks(Side, Classes), Augmentation.CropAndFlip);

    public static Workload SimpleCnn { get; } = Net("cifar10-simple-cnn", "CIFAR-10 32×32, CNN 32-64-128, then 512 with dropout", Normalization.PerImageStd,
        batchSize: 128, epochs: 5, target: 0.65, [Dropout(0.5)], options => ConvolutionalNets.Simple(Side, Classes, Number(options["dropout"])),
        Augmentation.CropAndFlip);

    public static Workload Cnn { get; } = Net("cifar10-cnn", "CIFAR-10 32×32, CNN 64-128, then 256", Normalization.Half,
        batchSize: 256, epochs: 20, target: 0.7, [], _ => ConvolutionalNets.TwoBlocks(Side, Classes));

    public static Workload ResNet { get; } = Net("cifar10-resnet18", "CIFAR-10 32×32, ResNet-18 with torchvision's stem", Normalization.PerImageStd,
        batchSize: 128, epochs: 15, target: 0.75, [], _ => ResNet18.Create(Side, Classes, ResNet18.Stem.Large), Augmentation.CropAndFlip);

    public static Workload SmallStemResNet { get; } = Net("cifar10-resnet18-small-stem", "CIFAR-10 32×32, ResNet-18 with a 3×3 stem without pooling",
        Normalization.PerImageStd, batchSize: 128, epochs: 15, target: 0.9, [], _ => ResNet18.Create(Side, Classes, ResNet18.Stem.Small), Augmentation.CropAndFlip);

    static Workload Net(string name, string title, Normalization normalization, int batchSize, int epochs, double target, IReadOnlyList<ModelOption> options,
        Func<IReadOnlyDictionary<string, string>, Model> build, Augmentation? augmentation = null) =>
        new(name, title, Data, normalization, batchSize, epochs, target, options, build) { Augmentation = augmentation };

    static ModelOption Dropout(double probability) => new("dropout", Text(probability), "be a probability in [0, 1)", text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1 ? Text(value) : null);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
