using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>The residual network of 18 layers, with torchvision's names of layers.</summary>
/// <remarks>He, Zhang, Ren and Sun, "Deep residual learning for image recognition", CVPR 2016, table 1. Eight blocks of two 3×3 convolutions with batch norm; where the number
/// of channels doubles, the first convolution has stride 2 and the shortcut a 1×1 convolution of stride 2 with batch norm.</remarks>
public static class ResNet18
{
    /// <summary>The layers before the first block.</summary>
    public enum Stem
    {
        /// <summary>torchvision's: 7×7 convolution of stride 2, then 3×3 max pooling of stride 2. For images of 224×224; those of 32×32 come to the blocks as 8×8.</summary>
        Large,

        /// <summary>3×3 convolution of stride 1 and no pooling, usual for images of 32×32.</summary>
        Small,
    }

    /// <param name="image">[height, width, 3]; of any size, since the last pooling is over all that is left.</param>
    public static Model Create(Shape image, int classes, Stem stem)
    {
        var layers = new List<NamedLayer>();
        bool isLarge = stem == Stem.Large;
        layers.Add(new("conv1", isLarge ? new Conv2d(3, 64, 7, stride: 2, padding: 3, hasBias: false) : new Conv2d(3, 64, 3, padding: 1, hasBias: false)));
        layers.Add(new("bn1", new BatchNorm(64)));
        layers.Add(new("relu", Activation.Relu));
        if (isLarge)
        {
            layers.Add(new("maxpool", new MaxPool2d(3, stride: 2, padding: 1)));
        }

        int[] widths = [64, 64, 128, 256, 512];
        for (int stage = 1; stage < widths.Length; stage++)
        {
            AddBlock(layers, $"layer{stage}.0", widths[stage - 1], widths[stage], stride: stage == 1 ? 1 : 2);
            AddBlock(layers, $"layer{stage}.1", widths[stage], widths[stage], stride: 1);
        }

        layers.Add(new("avgpool", new GlobalAveragePool2d()));
        layers.Add(new("fc", new Linear(512, classes)));
        return new Model(image, layers);
    }

    static void AddBlock(List<NamedLayer> layers, string name, int channels, int filters, int stride)
    {
        string input = layers[^1].Name, shortcut = input;
        layers.Add(new($"{name}.conv1", new Conv2d(channels, filters, 3, stride, padding: 1, hasBias: false)));
        layers.Add(new($"{name}.bn1", new BatchNorm(filters)));
        layers.Add(new($"{name}.relu1", Activation.Relu));
        layers.Add(new($"{name}.conv2", new Conv2d(filters, filters, 3, padding: 1, hasBias: false)));
        layers.Add(new($"{name}.bn2", new BatchNorm(filters)));
        if (stride > 1)
        {
            layers.Add(new($"{name}.downsample.0", new Conv2d(channels, filters, 1, stride, hasBias: false)) { From = input });
            layers.Add(new($"{name}.downsample.1", new BatchNorm(filters)));
            shortcut = layers[^1].Name;
        }

        layers.Add(new($"{name}.add", new Addition()) { From = $"{name}.bn2", Shortcut = shortcut });
        layers.Add(new($"{name}.relu2", Activation.Relu));
    }
}
