using Descent.Models;
using Descent.Tensors;
using Descent.Workloads;

namespace Descent.Tests.Models;

public class NamedNetTests
{
    public static TheoryData<string> Names => [.. NamedNet.All.Select(net => net.Name)];

    /// <summary>Their names and shapes are held to PyTorch's by those of the workloads.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ThatOfTheWorkloadHasTheSameLayers(string name)
    {
        var net = NamedNet.Find(name).Create(new Shape(32, 32, 3), 32, 32, 10, Loss.CrossEntropy);
        var model = WorkloadCatalog.Find($"cifar10-{name}").CreateModel();

        Assert.Equal(model.Layers, net.Layers);
        Assert.Equal(model.Parameters.Select(x => (x.Name, x.Shape)), net.Parameters.Select(x => (x.Name, x.Shape)));
        Assert.Equal(model.Statistics.Select(x => x.Name), net.Statistics.Select(x => x.Name));
    }

    [Theory]
    [InlineData("resnet18", 40, 100, 512)]
    [InlineData("resnet18-small-stem", 1, 9, 512)]
    [InlineData("cnn-bn", 8, 33, 128 * 1 * 4)]
    [InlineData("simple-cnn", 24, 15, 128 * 3 * 1)]
    [InlineData("cnn", 13, 4, 128 * 3 * 1)]
    public void ImagesNeedNotBeSquare(string name, int height, int width, int values)
    {
        var net = NamedNet.Find(name).Create(new Shape(height, width, 3), height, width, 4, Loss.SquaredError);

        Assert.Equal((new Shape(height, width, 3), 4, Loss.SquaredError), (net.Input, net.Classes, net.Loss));
        Assert.Equal(values, net.Parameters.First(x => x.Shape.Rank == 2).Shape[1]);
        Assert.DoesNotContain(net.Layers, layer => layer.Name == "resize");
    }

    [Theory]
    [InlineData("cnn-bn", 40, 7, "net cnn-bn: features.11: max_pool2d: an image [height, width, channels] with sides of at least 2 is needed, got [10, 1, 128]: "
        + "images [40, 7, 3] are too small for this net.")]
    [InlineData("simple-cnn", 4, 40, "net simple-cnn: pool3: max_pool2d: an image [height, width, channels] with sides of at least 2 is needed, got [1, 10, 128]: "
        + "images [4, 40, 3] are too small for this net.")]
    [InlineData("cnn", 1, 1, "net cnn: features.2: max_pool2d: an image [height, width, channels] with sides of at least 2 is needed, got [1, 1, 64]: "
        + "images [1, 1, 3] are too small for this net.")]
    public void ImagesThatAreTooSmallAreRefusedWithTheLayer(string name, int height, int width, string message) => Assert.Equal(message,
        Assert.Throws<BadInputException>(() => NamedNet.Find(name).Create(new Shape(height, width, 3), height, width, 4, Loss.CrossEntropy)).Message);

    [Fact]
    public void OtherImagesThanThoseInColorAreRefused()
    {
        Assert.Equal("net resnet18 is for pictures in colour, of 3 channels, and the data have images of 28×28×1; describe a net of your own by layers.",
            Assert.Throws<BadInputException>(() => NamedNet.Find("resnet18").Create(new Shape(28, 28, 1), 28, 28, 4, Loss.CrossEntropy)).Message);
        Assert.Equal("net cnn is for pictures in colour, of 3 channels, and the data have 64 values; describe a net of your own by layers.",
            Assert.Throws<BadInputException>(() => NamedNet.Find("cnn").Create(new Shape(64), 1, 1, 4, Loss.CrossEntropy)).Message);
        Assert.Equal("There is no net \"resnet\". Did you mean \"resnet18\"? Known: resnet18, resnet18-small-stem, cnn-bn, simple-cnn, cnn.",
            Assert.Throws<BadInputException>(() => NamedNet.Find("resnet")).Message);
    }
}
