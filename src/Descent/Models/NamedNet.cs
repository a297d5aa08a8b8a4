using Descent.Tensors;

namespace Descent.Models;

/// <summary>A convolutional network for images of 3 channels that goes by a name and bears PyTorch's names of parameters, so that published weights fit it.</summary>
/// <param name="Name">As in <c>resnet18</c>.</param>
/// <param name="Build">From the shape of an image [height, width, 3] and the number of outputs to the network.</param>
public sealed record NamedNet(string Name, Func<Shape, int, Model> Build)
{
    const int Channels = 3;
    const double Dropout = 0.5;

    public static IReadOnlyList<NamedNet> All { get; } =
    [
        new("resnet18", (image, outputs) => ResNet18.Create(image, outputs, ResNet18.Stem.Large)),
        new("resnet18-small-stem", (image, outputs) => ResNet18.Create(image, outputs, ResNet18.Stem.Small)),
        new("cnn-bn", ConvolutionalNets.BatchNormBlocks),
        new("simple-cnn", (image, outputs) => ConvolutionalNets.Simple(image, outputs, Dropout)),
        new("cnn", ConvolutionalNets.TwoBlocks),
    ];

    /// <exception cref="BadInputException">There is no such network; the message suggests the nearest.</exception>
    public static NamedNet Find(string name) => All.FirstOrDefault(net => net.Name == name)
        ?? throw new BadInputException($"There is no net \"{name}\".{NearestName.Hint(name, All.Select(net => net.Name))}");

    /// <summary>The network for images of a size, behind a layer that brings images of another size to it.</summary>
    /// <param name="images">[height, width, channels] as the data have them.</param>
    /// <param name="height">Of what the network sees.</param>
    /// <param name="width">Likewise.</param>
    /// <exception cref="BadInputException">The images have not 3 channels, or are too small for the network.</exception>
    public Model Create(Shape images, int height, int width, int outputs, Loss loss)
    {
        if (images.Rank != 3 || images[2] != Channels)
        {
            throw new BadInputException($"net {Name} is for pictures in colour, of {Channels} channels, and the data have "
                + (images.Rank == 3 ? $"images of {images[0]}×{images[1]}×{images[2]}" : $"{images[0]} values") + "; describe a net of your own by layers.");
        }

        try
        {
            return Build(new Shape(height, width, Channels), outputs).ForImages(images).HeldTo(loss);
        }
        catch (Exception exception) when (exception is BadInputException or ArgumentException)
        {
            throw new BadInputException($"net {Name}: {exception.Message}", exception);
        }
    }
}
