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
    const int Side = 32, LargestSide = 512, Classes = 10;
    const string ImageSize = "image_size";
    const string Enlarging = "Images are enlarged to this side by a first layer, bilinearly, behind augmentation and normalization. Work and memory grow with its square.";

    static readonly Shape image = new(Side, Side, 3);

    /// <summary>Raw bytes minus the mean image of the training part, into fully connected layers.</summary>
    public static Workload FullyConnected { get; } = new("cifar10-fc", "CIFAR-10 32×32, MLP 3072-100-100-100-100-100-10 with ReLU", Data,
        Normalization.MeanImage, BatchSize: 100, Epochs: 10, TargetAccuracy: 0.45, MlpWorkload.Options(100, 100, 100, 100, 100),
        MlpWorkload.Build(Mlp.Numbered, image, Classes));

    /// <summary>Target: the 70 % after which the notebook on momentum counts epochs.</summary>
    public static Workload BatchNormCnn { get; } = Net("cifar10-cnn-bn", "CIFAR-10 32×32, CNN 32-64-128 with batch norm, then 128", Normalization.PerImageStd,
        batchSize: 128, epochs: 30, target: 0.7, [GrowingSize], (size, _) => ConvolutionalNets.BatchNormBlocks(size, Classes), Augmentation.CropAndFlip);

    public static Workload SimpleCnn { get; } = Net("cifar10-simple-cnn", "CIFAR-10 32×32, CNN 32-64-128, then 512 with dropout", Normalization.PerImageStd,
        batchSize: 128, epochs: 5, target: 0.65, [Dropout(0.5), GrowingSize],
        (size, options) => ConvolutionalNets.Simple(size, Classes, Number(options["dropout"])), Augmentation.CropAndFlip);

    public static Workload Cnn { get; } = Net("cifar10-cnn", "CIFAR-10 32×32, CNN 64-128, then 256", Normalization.Half,
        batchSize: 256, epochs: 20, target: 0.7, [GrowingSize], (size, _) => ConvolutionalNets.TwoBlocks(size, Classes));

    public static Workload ResNet { get; } = Net("cifar10-resnet18", "CIFAR-10 32×32, ResNet-18 with torchvision's stem", Normalization.PerImageStd,
        batchSize: 128, epochs: 15, target: 0.75, [AnySize], (size, _) => ResNet18.Create(size, Classes, ResNet18.Stem.Large), Augmentation.CropAndFlip);

    public static Workload SmallStemResNet { get; } = Net("cifar10-resnet18-small-stem", "CIFAR-10 32×32, ResNet-18 with a 3×3 stem without pooling",
        Normalization.PerImageStd, batchSize: 128, epochs: 15, target: 0.9, [AnySize], (size, _) => ResNet18.Create(size, Classes, ResNet18.Stem.Small), Augmentation.CropAndFlip);

    static Workload Net(string name, string title, Normalization normalization, int batchSize, int epochs, double target, IReadOnlyList<ModelOption> options,
        Func<Shape, IReadOnlyDictionary<string, string>, Model> build, Augmentation? augmentation = null) =>
        new(name, title, Data, normalization, batchSize, epochs, target, options, given => build(SizeOf(given), given).ForImages(image)) { Augmentation = augmentation };

    static ModelOption AnySize => SizeOption($"{Enlarging} The weights do not depend on it: those of one side can be evaluated at another, where their accuracy is mostly lower.");

    static ModelOption GrowingSize => SizeOption($"{Enlarging} So do the weights of the first fully connected layer: they fit no other side.");

    static ModelOption SizeOption(string description) => new(ImageSize, $"{Side}", $"be a side from {Side} to {LargestSide}", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= Side and <= LargestSide ? $"{side}" : null)
    {
        Description = description,
        IsLater = true,
    };

    static Shape SizeOf(IReadOnlyDictionary<string, string> options)
    {
        int side = int.Parse(options[ImageSize], CultureInfo.InvariantCulture);
        return new(side, side, 3);
    }

    static ModelOption Dropout(double probability) => new("dropout", Text(probability), "be a probability in [0, 1)", text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1 ? Text(value) : null);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
