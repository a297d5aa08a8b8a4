using Descent.Models;
using Descent.Tensors;
using Descent.Tests.Studies.Definition;
using Descent.Workloads.Own;

namespace Descent.Tests.Workloads.Own;

public class LayerListTests
{
    [Fact]
    public void NamesAreThoseOfATorchSequential()
    {
        var model = Build(new Shape(8, 8, 3), "conv: { filters: 4, bias: false }", "batch_norm", "relu", "residual: [ conv: 4, gelu ]",
            "residual: { layers: [ conv: { filters: 6, stride: 2 } ], shortcut: [ conv: { filters: 6, kernel: 1, stride: 2 } ] }", "max_pool", "flatten", "dropout: 0.1", "linear: 3");
        Assert.Equal(["0.weight", "1.weight", "1.bias", "3.0.weight", "3.0.bias", "4.0.weight", "4.0.bias", "4.shortcut.0.weight", "4.shortcut.0.bias", "8.weight", "8.bias"],
            model.Parameters.Select(x => x.Name));
        Assert.Equal((4 * 27) + 8 + (4 * 37) + (6 * 37) + (6 * 5) + (3 * 25), model.ParameterCount);
        Assert.Equal(new Shape(2, 2, 6), model.Layers.Single(layer => layer.Name == "5").Output);
    }

    [Fact]
    public void ImagesAreBroughtToAnotherSize()
    {
        var model = Build(new Shape(8, 8, 3), "resize: 16", "conv: 4", "resize: { height: 5, width: 6 }", "flatten", "linear: 3");
        Assert.Equal([new(16, 16, 3), new(16, 16, 4), new(5, 6, 4), new(120), new(3)], model.Layers.Select(layer => layer.Output));
        Assert.Equal(["1.weight", "1.bias", "4.weight", "4.bias"], model.Parameters.Select(x => x.Name));
        Assert.Equal((8 * 8 * 3) + (16 * 16 * 3) + (16 * 16 * 4) + 120 + 3, model.Activations);
        Assert.Equal((2 * 16 * 16 * 4 * 27) + (2 * 120 * 3), model.Flops);
    }

    [Theory]
    [InlineData("layer 4 (linear): expects 128 inputs, gets 3200.", "conv: 50", "relu", "flatten", "linear: { outputs: 3, inputs: 128 }")]
    [InlineData("layer 2 (linear): expects a vector, gets an image [8, 8, 4]; put flatten or global_average_pool before it.", "conv: 4", "linear: 3")]
    [InlineData("layer 2 (conv): expects an image [height, width, channels], gets a vector [192].", "flatten", "conv: 4")]
    [InlineData("layer 1 (conv): a window of 11×11 with padding 0 does not fit into [8, 8, 3].", "conv: { filters: 4, kernel: 11, padding: 0 }")]
    [InlineData("layer 1 (conv): expects 1 channels, gets 3.", "conv: { filters: 4, channels: 1 }")]
    [InlineData("layer 2 (linear): the net must end in 3 outputs, for a class each of the data, and ends in 4.", "flatten", "linear: 4")]
    [InlineData("layer 1 (conv): the net must end in 3 outputs, for a class each of the data, and ends in [8, 8, 4].", "conv: 4")]
    [InlineData("layer 2 (global_average_pool): the net has no layer with parameters, so there is nothing to train.", "relu", "global_average_pool")]
    [InlineData("layer 1 (residual): a residual block cannot be the first layer of a net.", "residual: [ conv: 3 ]", "flatten", "linear: 3")]
    [InlineData("layer 2 (residual): its layers give [8, 8, 5] and its input has [8, 8, 4], which cannot be added; give a shortcut, as in shortcut: *",
        "conv: 4", "residual: [ conv: 5 ]", "flatten", "linear: 3")]
    [InlineData("layer 2 (residual): its layers give [4, 4, 5] and its shortcut gives [8, 8, 5], which cannot be added.",
        "conv: 4", "residual: { layers: [ conv: { filters: 5, stride: 2 } ], shortcut: [ conv: 5 ] }", "flatten", "linear: 3")]
    [InlineData("layer 2.2 (linear): expects a vector, gets an image [8, 8, 5]; put flatten or global_average_pool before it.", "conv: 4", "residual: [ conv: 5, linear: 5 ]")]
    [InlineData("layer 1 (max_pool): a padding is at most half of the size 2, got 2.", "max_pool: { size: 2, padding: 2 }")]
    [InlineData("layer 2 (resize): expects an image [height, width, channels], gets a vector [192].", "flatten", "resize: 16")]
    [InlineData("layer 1 (resize): A shape has at most 2147483647 elements, got [1048576, 1048576, 3].", "resize: 1048576")]
    [InlineData("layer 3 (linear): A shape has at most 2147483647 elements, got [1048576, 67108864].", "conv: 1048576", "flatten", "linear: 1048576")]
    public void AMistakeNamesTheLayer(string message, params string[] layers) =>
        StudyFileMistakeTests.Matches(message, Assert.Throws<BadInputException>(() => Build(new Shape(8, 8, 3), layers)).Message);

    [Theory]
    [InlineData("conv2d: 3", "There is no layer \"conv2d\". Did you mean \"conv\"? Known: linear, conv, batch_norm, dropout, max_pool, *")]
    [InlineData("conv", "conv needs filters, as in conv: 64.")]
    [InlineData("resize", "resize needs height, as in resize: 64.")]
    [InlineData("resize: { heigth: 64 }", "resize has no parameter \"heigth\". Did you mean \"height\"? Known: height, width.")]
    [InlineData("resize: { height: 64, width: 0 }", "resize: width must be a whole number of at least 1, got 0.")]
    [InlineData("linear: 0", "linear: outputs must be a whole number of at least 1, got 0.")]
    [InlineData("linear: { units: 3 }", "linear has no parameter \"units\". Known: outputs, inputs.")]
    [InlineData("dropout: 1", "dropout: probability must lie in [0, 1), got 1.")]
    [InlineData("conv: { filters: 3, padding: big }", "conv: padding must be a whole number of at least 0, or same, got big.")]
    [InlineData("relu: 3", "relu takes no value, got 3.")]
    [InlineData("residual", "residual needs its layers, as in residual: [ conv: 64, batch_norm ].")]
    [InlineData("residual: { shortcut: [ conv: 3 ] }", "residual needs its layers, as in residual: { layers: [ … ] }.")]
    [InlineData("[ linear ]", "a layer is its name, or its name with values (- linear: 64), got a list.")]
    public void AWordThatIsNoLayerIsRefused(string layer, string message) =>
        StudyFileMistakeTests.Matches($"study.yaml, line 1: {message}", Assert.Throws<BadInputException>(() => Build(new Shape(8, 8, 3), layer)).Message);

    static Model Build(Shape input, params string[] layers) => LayerList.Build(input, OwnProblemText.Layers(layers), outputs: 3, Loss.CrossEntropy);
}
