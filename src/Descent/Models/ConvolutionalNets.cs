using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>Small convolutional networks for images [height, width, 3]: blocks of convolution, activation and pooling, then a multilayer perceptron.</summary>
/// <remarks>Each throws <see cref="BadInputException"/> where images are too small for its poolings, with the layer's name.</remarks>
public static class ConvolutionalNets
{
    const int Channels = 3;

    /// <summary>Two blocks of 64 and 128 filters, then 256 units. Modules as in a torch.nn.Sequential named features and one named classifier, which begins with
    /// the flatten.</summary>
    public static Model TwoBlocks(Shape image, int classes) => FeaturesAndClassifier(image,
    [
        new Conv2d(Channels, 64, 3, padding: 1), Activation.Relu, new MaxPool2d(2),
        new Conv2d(64, 128, 3, padding: 1), Activation.Relu, new MaxPool2d(2),
    ], 256, classes);

    /// <summary>Three blocks of 32, 64 and 128 filters with batch norm before each ReLU, then 128 units.</summary>
    public static Model BatchNormBlocks(Shape image, int classes) =>
        FeaturesAndClassifier(image, [.. NormalizedBlock(Channels, 32), .. NormalizedBlock(32, 64), .. NormalizedBlock(64, 128)], 128, classes);

    /// <summary>Three blocks of 32, 64 and 128 filters, then 512 units with dropout. Modules are fields: conv1, conv2, conv3, fc1, fc2.</summary>
    /// <param name="dropout">The probability that a unit is dropped; in [0, 1).</param>
    public static Model Simple(Shape image, int classes, double dropout)
    {
        int[] filters = [Channels, 32, 64, 128];
        var layers = new List<NamedLayer>();
        for (int i = 1; i < filters.Length; i++)
        {
            layers.Add(new($"conv{i}", new Conv2d(filters[i - 1], filters[i], 3, padding: 1)));
            layers.Add(new($"relu{i}", Activation.Relu));
            layers.Add(new($"pool{i}", new MaxPool2d(2)));
        }

        return new(image,
        [
            .. layers,
            new("flatten", new Flatten()),
            new("fc1", new Linear(ValuesBehind(image, layers), 512)),
            new("relu4", Activation.Relu),
            new("dropout", new Dropout(dropout)),
            new("fc2", new Linear(512, classes)),
        ]);
    }

    static Model FeaturesAndClassifier(Shape image, IEnumerable<ILayer> layers, int hidden, int classes)
    {
        NamedLayer[] features = [.. Sequential("features", layers)];
        return new(image,
        [
            .. features,
            .. Sequential("classifier", [new Flatten(), new Linear(ValuesBehind(image, features), hidden), Activation.Relu, new Linear(hidden, classes)]),
        ]);
    }

    /// <summary>Numbers of an image that come out of the last of <paramref name="layers"/>.</summary>
    static int ValuesBehind(Shape image, IEnumerable<NamedLayer> layers)
    {
        var shape = image;
        foreach (var (name, layer) in layers)
        {
            try
            {
                shape = layer.Output(shape);
            }
            catch (ArgumentException exception)
            {
                throw new BadInputException($"{name}: {exception.Message.TrimEnd('.')}: images {image} are too small for this net.", exception);
            }
        }

        return shape.Count;
    }

    /// <summary>Modules numbered from 0 behind a name, as in a torch.nn.Sequential.</summary>
    static IEnumerable<NamedLayer> Sequential(string name, IEnumerable<ILayer> layers) => layers.Select((layer, i) => new NamedLayer($"{name}.{i}", layer));

    static IEnumerable<ILayer> NormalizedBlock(int channels, int filters) =>
        [new Conv2d(channels, filters, 3, padding: 1), new BatchNorm(filters), Activation.Relu, new MaxPool2d(2)];
}
