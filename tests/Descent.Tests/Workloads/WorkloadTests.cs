using System.Globalization;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Workloads;

namespace Descent.Tests.Workloads;

public class WorkloadTests
{
    public static TheoryData<string> Names => [.. WorkloadCatalog.All.Select(workload => workload.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheModelFitsTheDataSet(string name)
    {
        var workload = WorkloadCatalog.Find(name);
        var data = DataCatalog.Find(workload.DataSet);
        var model = workload.CreateModel();

        Assert.Equal(data.Shape.Length, model.Input.Count);
        Assert.Equal(data.ClassNames.Count, model.Classes);
        Assert.InRange(workload.TargetAccuracy!.Value, 4.0 / model.Classes, 1);
    }

    [Fact]
    public void ThePublishedNetsHaveTheirShapesAndNames()
    {
        Assert.Equal(["fc1.weight [64, 64]", "fc1.bias [64]", "fc2.weight [10, 64]", "fc2.bias [10]"], Parameters("digits-mlp"));
        Assert.Equal(["fc1.weight [128, 784]", "fc1.bias [128]", "fc2.weight [10, 128]", "fc2.bias [10]"], Parameters("mnist-mlp"));
        Assert.Equal(
        [
            "network.0.weight [256, 784]", "network.0.bias [256]", "network.2.weight [128, 256]", "network.2.bias [128]",
            "network.4.weight [64, 128]", "network.4.bias [64]", "network.6.weight [32, 64]", "network.6.bias [32]",
            "network.8.weight [10, 32]", "network.8.bias [10]",
        ], Parameters("mnist-deep-mlp"));
    }

    [Theory]
    [InlineData("[100,100]", "[100, 100]")]
    [InlineData(" 100 , 20 ", "[100, 20]")]
    [InlineData("7", "[7]")]
    [InlineData("[]", "[]")]
    public void EqualModelsHaveEqualTexts(string text, string canonical)
    {
        var options = WorkloadCatalog.Find("mnist-mlp").CanonicalOptions(new Dictionary<string, string> { ["hidden"] = text });

        Assert.Equal(canonical, options["hidden"]);
        Assert.Equal("relu", options["activation"]);
        Assert.Equal(options, WorkloadCatalog.Find("mnist-mlp").CanonicalOptions(options));
    }

    [Fact]
    public void OptionsShapeTheModel()
    {
        var model = WorkloadCatalog.Find("mnist-deep-mlp").CreateModel(
            new Dictionary<string, string> { ["hidden"] = "[50, 40]", ["activation"] = "tanh" });

        Assert.Equal(["linear", "tanh", "linear", "tanh", "linear"], model.Layers.Select(x => x.Kind));
        Assert.Equal("network.4.weight [10, 40]", $"{model.Parameters[4].Name} {model.Parameters[4].Shape}");
    }

    [Theory]
    [InlineData("0.25", "0.25")]
    [InlineData(".5", "0.5")]
    [InlineData("0", "0")]
    public void DropoutIsAnOption(string text, string canonical) => Assert.Equal(canonical,
        WorkloadCatalog.Find("cifar10-simple-cnn").CanonicalOptions(new Dictionary<string, string> { ["dropout"] = text })["dropout"]);

    [Theory]
    [InlineData("1")]
    [InlineData("-0.1")]
    [InlineData("half")]
    [InlineData("NaN")]
    public void DropoutIsAProbabilityBelowOne(string text) => Assert.Equal($"cifar10-simple-cnn: model.dropout must be a probability in [0, 1), got {text}.",
        Assert.Throws<BadInputException>(() =>
            WorkloadCatalog.Find("cifar10-simple-cnn").CreateModel(new Dictionary<string, string> { ["dropout"] = text })).Message);

    [Theory]
    [InlineData("cifar10-cnn-bn", "64", 128 * 8 * 8)]
    [InlineData("cifar10-simple-cnn", "47", 128 * 5 * 5)]
    [InlineData("cifar10-cnn", "512", 128 * 128 * 128)]
    [InlineData("cifar10-resnet18", "224", 512)]
    [InlineData("cifar10-resnet18-small-stem", "64", 512)]
    public void ImagesAreEnlargedByAFirstLayer(string name, string size, int values)
    {
        var workload = WorkloadCatalog.Find(name);
        Model small = workload.CreateModel(), usual = workload.CreateModel(Of("32")), large = workload.CreateModel(Of(size));
        int side = int.Parse(size, CultureInfo.InvariantCulture);

        Assert.Equal(small.Layers, usual.Layers);
        Assert.Equal((new Shape(32, 32, 3), "resize", new Shape(side, side, 3)), (large.Input, large.Layers[0].Name, large.Layers[0].Output));
        Assert.Equal(small.Layers.Select(layer => layer.Name), large.Layers.Skip(1).Select(layer => layer.Name));
        Assert.Equal(small.Parameters.Select(x => x.Name), large.Parameters.Select(x => x.Name));
        Assert.Equal(values, large.Parameters.First(x => x.Shape.Rank == 2).Shape[1]);
        Assert.Equal(values == 512, small.Parameters.Select(x => x.Shape).SequenceEqual(large.Parameters.Select(x => x.Shape)));
    }

    [Theory]
    [InlineData("31")]
    [InlineData("513")]
    [InlineData("64.5")]
    [InlineData("-64")]
    [InlineData("large")]
    public void AnImageSizeIsASide(string text) => Assert.Equal($"cifar10-resnet18: model.image_size must be a side from 32 to 512, got {text}.",
        Assert.Throws<BadInputException>(() => WorkloadCatalog.Find("cifar10-resnet18").CreateModel(Of(text))).Message);

    [Theory]
    [InlineData("cifar10-cnn-bn", 357_258)]
    [InlineData("cifar10-simple-cnn", 1_147_466)]
    [InlineData("cifar10-cnn", 2_175_626)]
    [InlineData("cifar10-resnet18", 11_181_642)]
    [InlineData("cifar10-fc", 348_710)]
    public void ThePublishedNetsHaveTheirSize(string name, long parameters) => Assert.Equal(parameters, WorkloadCatalog.Find(name).CreateModel().ParameterCount);

    [Theory]
    [InlineData("hiden", "[1]", "mnist-mlp has no model option \"hiden\". Did you mean \"hidden\"? Known: hidden, activation.")]
    [InlineData("hidden", "[1, 2.5]",
        "mnist-mlp: model.hidden must be a list of at most 1000 sizes of hidden layers from 1 to 16384, as in [100, 100], got [1, 2.5].")]
    [InlineData("hidden", "0",
        "mnist-mlp: model.hidden must be a list of at most 1000 sizes of hidden layers from 1 to 16384, as in [100, 100], got 0.")]
    [InlineData("activation", "rellu", "mnist-mlp: model.activation must be one of relu, tanh, sigmoid, gelu, gelu_tanh, got rellu.")]
    public void BadOptionsAreRefused(string name, string text, string message)
    {
        var given = new Dictionary<string, string> { [name] = text };

        Assert.Equal(message, Assert.Throws<BadInputException>(() => WorkloadCatalog.Find("mnist-mlp").CreateModel(given)).Message);
    }

    [Fact]
    public void ATooLargeModelIsRefused()
    {
        var given = new Dictionary<string, string> { ["hidden"] = string.Join(",", Enumerable.Repeat(16384, 10)) };

        Assert.Equal("mnist-mlp: a model has at most 2147483647 parameters, with these options it has 2429091850.",
            Assert.Throws<BadInputException>(() => WorkloadCatalog.Find("mnist-mlp").CreateModel(given)).Message);
    }

    [Fact]
    public void AnUnknownWorkloadIsRefusedWithTheNearest() => Assert.Equal(
        "There is no workload \"mnist-mpl\". Did you mean \"mnist-mlp\"? Known: digits-mlp, mnist-mlp, mnist-deep-mlp, mnist-deep-mlp-bn, cifar10-fc, "
        + "cifar10-cnn-bn, cifar10-simple-cnn, cifar10-cnn, cifar10-resnet18, cifar10-resnet18-small-stem.",
        Assert.Throws<BadInputException>(() => WorkloadCatalog.Find("mnist-mpl")).Message);

    static Dictionary<string, string> Of(string size) => new() { ["image_size"] = size };

    static IEnumerable<string> Parameters(string workload) =>
        WorkloadCatalog.Find(workload).CreateModel().Parameters.Select(x => $"{x.Name} {x.Shape}");
}
