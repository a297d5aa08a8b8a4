using Descent.Autodiff;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Models;

public class ModelTests
{
    [Fact]
    public void ParametersBearPyTorchNamesInOrderWithTheirTraits()
    {
        var model = Mlp.Numbered(new Shape(784), [128, 64], 10, Activation.Tanh);

        Assert.Equal(["fc1.weight [128, 784]", "fc1.bias [128]", "fc2.weight [64, 128]", "fc2.bias [64]", "fc3.weight [10, 64]", "fc3.bias [10]"],
            model.Parameters.Select(x => $"{x.Name} {x.Shape}"));
        Assert.Equal(ParameterTraits.Weight | ParameterTraits.FirstLayer, model.Parameters[0].Traits);
        Assert.Equal(ParameterTraits.Bias | ParameterTraits.FirstLayer, model.Parameters[1].Traits);
        Assert.Equal(ParameterTraits.Weight, model.Parameters[2].Traits);
        Assert.Equal(ParameterTraits.Weight | ParameterTraits.Head, model.Parameters[4].Traits);
        Assert.Equal(ParameterTraits.Bias | ParameterTraits.Head, model.Parameters[5].Traits);
        Assert.Equal(["tanh", "tanh", "tanh", "tanh", "linear", "linear"], model.Parameters.Select(x => x.Activation));
        Assert.Equal([784, 784, 128, 128, 64, 64], model.Parameters.Select(x => x.FanIn));
        Assert.Equal([128, 64, 10], model.Parameters.Where(x => x.Traits.HasFlag(ParameterTraits.Weight)).Select(x => x.FanOut));
    }

    [Fact]
    public void ASequentialCountsTheActivationsToo()
    {
        var model = Mlp.Sequential(new Shape(784), [256, 128, 64, 32], 10, Activation.Relu);

        Assert.Equal(["network.0", "network.1", "network.2", "network.3", "network.4", "network.5", "network.6", "network.7", "network.8"],
            model.Layers.Select(x => x.Name));
        Assert.Equal(244_522, model.ParameterCount);
        Assert.Equal("network.8.weight", model.Parameters[8].Name);
    }

    [Fact]
    public void TheWeightBehindAFlattenKnowsTheImage()
    {
        var model = new Model(new Shape(3, 4, 2),
            [new("flatten", new Flatten()), new("relu", Activation.Relu), new("fc1", new Linear(24, 24)), new("fc2", new Linear(24, 5))]);

        Assert.Equal([new Shape(3, 4, 2), null, null, null], model.Parameters.Select(x => x.FlattenedFrom));
        Assert.All(Mlp.Numbered(new Shape(24), [24], 5, Activation.Relu).Parameters, x => Assert.Null(x.FlattenedFrom));
    }

    [Fact]
    public void LayersAreListedWithShapesParametersAndFlops()
    {
        var model = Mlp.Numbered(new Shape(784), [128], 10, Activation.Relu);

        Assert.Equal(
        [
            new LayerDescription("fc1", "linear", new Shape(128), 100_480, 200_704, 0),
            new LayerDescription("relu1", "relu", new Shape(128), 0, 0, 128),
            new LayerDescription("fc2", "linear", new Shape(10), 1_290, 2_560, 10),
        ], model.Layers);
        Assert.Equal(203_264, model.Flops);
        Assert.Equal(101_770, model.ParameterCount);
        Assert.Equal(10, model.Classes);
    }

    [Fact]
    public void ActivationsCountWhatATrainingKeeps()
    {
        var model = ResNet18.Create(new Shape(32, 32, 3), 10, ResNet18.Stem.Large);
        var block = model.Layers.Where(x => x.Name.StartsWith("layer2.0.")).ToDictionary(x => x.Name["layer2.0.".Length..], x => x.Activations);

        // Batch norm, addition and ReLU share passes, as convolution, ReLU and pooling do: only what comes out of the last exists.
        Assert.Equal(4 * 4 * 128, block["conv1"]);
        Assert.Equal([0, 0, 0], [block["bn1"], block["bn2"], block["add"]]);
        Assert.Equal(4 * 4 * 128, block["relu2"]);
        Assert.Equal((32 * 32 * 3) + (16 * 16 * 64) + (8 * 8 * 128) + 256 + 10,
            ConvolutionalNets.TwoBlocks(new Shape(32, 32, 3), 10).Activations);
    }

    [Fact]
    public void TheGainOfAConvolutionIsThatOfTheNextActivationBehindTheNorm()
    {
        var model = ResNet18.Create(new Shape(32, 32, 3), 10, ResNet18.Stem.Small);

        Assert.All(model.Parameters.Where(x => x.Shape.Rank == 4), x => Assert.Equal("relu", x.Activation));
        Assert.Equal("linear", model.Parameters.Single(x => x.Name == "fc.weight").Activation);
    }

    [Fact]
    public void FiltersCountTheirTapsInBothFans()
    {
        var filter = ConvolutionalNets.TwoBlocks(new Shape(32, 32, 3), 10).Parameters[2];

        Assert.Equal((64 * 9, 128 * 9), (filter.FanIn, filter.FanOut));
    }

    [Fact]
    public void AnAdditionAddsWhatItsShortcutNames()
    {
        var model = new Model(new Shape(3),
        [
            new("a", new Linear(3, 3)), new("b", new Linear(3, 3)), new("c", new Linear(3, 3)) { From = "a" },
            new("sum", new Addition()) { From = "b", Shortcut = "c" }, new("relu", Activation.Relu),
        ]);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<double>(executor);
        using var parameters = new Parameters<double>(model.Parameters);
        InitializationCatalog.Parse("normal(scale=1)").Initialize(parameters, seed: 3);
        var x = tape.Tensor(new Shape(1, 3), [1, -2, 3]);

        var a = tape.Linear(x, parameters["a.weight"].Value, parameters["a.bias"].Value);
        var expected = tape.Relu(tape.Add(tape.Linear(a, parameters["b.weight"].Value, parameters["b.bias"].Value),
            tape.Linear(a, parameters["c.weight"].Value, parameters["c.bias"].Value)));
        Assert.Equal(expected.Span.ToArray(), model.Forward(tape, parameters, x).Span.ToArray());
    }

    [Fact]
    public void AGraphRefusesWhatDoesNotFit()
    {
        Assert.Equal("sum: there is no layer \"b\" before it.", Message(new("a", new Linear(2, 2)), new("sum", new Addition()) { Shortcut = "b" }));
        Assert.Equal("sum: an addition has a shortcut of its input's shape [2], and nothing else has one.", Message(new("a", new Linear(2, 2)), new("sum", new Addition())));
        Assert.Equal("sum: an addition has a shortcut of its input's shape [3], and nothing else has one.",
            Message(new("a", new Linear(2, 2)), new("b", new Linear(2, 3)), new("sum", new Addition()) { Shortcut = "a" }));
        Assert.Equal("b: an addition has a shortcut of its input's shape [2], and nothing else has one.",
            Message(new("a", new Linear(2, 2)), new("b", new Linear(2, 2)) { Shortcut = "a" }));

        static string Message(params NamedLayer[] layers) => Assert.Throws<ArgumentException>(() => new Model(new Shape(2), layers)).Message;
    }

    [Fact]
    public void LayersRefuseImagesThatAreTooSmallOrNoImages()
    {
        Assert.Equal("max_pool2d: an image [height, width, channels] with sides of at least 2 is needed, got [1, 1, 32].",
            Assert.Throws<ArgumentException>(() => new MaxPool2d(2).Output(new Shape(1, 1, 32))).Message);
        Assert.Equal("conv2d: an image [height, width, 3] with sides of at least 1 is needed, got [3072].",
            Assert.Throws<ArgumentException>(() => new Conv2d(3, 8, 3, padding: 1).Output(new Shape(3072))).Message);
        Assert.Equal("batch_norm: an input of 8 channels is needed, got [4, 4, 3].",
            Assert.Throws<ArgumentException>(() => new BatchNorm(8).Output(new Shape(4, 4, 3))).Message);
        Assert.Equal("global_average_pool2d: an image [height, width, channels] is needed, got [12].",
            Assert.Throws<ArgumentException>(() => new GlobalAveragePool2d().Output(new Shape(12))).Message);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    public void TheForwardPassEqualsANaiveLoop(string name)
    {
        var activation = Activation.Find(name);
        var model = Mlp.Numbered(new Shape(5), [7, 4], 3, activation);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<double>(executor);
        using var parameters = new Parameters<double>(model.Parameters);
        InitializationCatalog.Parse("normal(scale=1)").Initialize(parameters, seed: 3);
        var x = tape.Tensor(new Shape(2, 5), [.. Enumerable.Range(0, 10).Select(i => Math.Sin(i))]);

        var logits = model.Forward(tape, parameters, x);

        for (int row = 0; row < 2; row++)
        {
            var expected = Naive(parameters, x.Span.Slice(row * 5, 5).ToArray(), name);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(expected[i], logits.Span[(row * 3) + i], 1e-13);
            }
        }
    }

    [Fact]
    public void AModelRefusesWhatDoesNotFit()
    {
        var model = Mlp.Numbered(new Shape(5), [7], 3, Activation.Relu);
        var other = Mlp.Numbered(new Shape(5), [8], 3, Activation.Relu);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        using var parameters = new Parameters<float>(other.Parameters);

        Assert.Equal("The model takes batches of [5], got [2, 6].",
            Assert.Throws<ArgumentException>(() => model.Forward(tape, parameters, tape.Tensor(2, 6))).Message);
        Assert.Equal("The parameters belong to another model.",
            Assert.Throws<ArgumentException>(() => model.Forward(tape, parameters, tape.Tensor(2, 5))).Message);
        Assert.Equal("linear: an input of shape [4] is needed, got [3].", Assert.Throws<ArgumentException>(() =>
            new Model(new Shape(2), [new NamedLayer("a", new Linear(2, 3)), new NamedLayer("b", new Linear(4, 3))])).Message);
        Assert.Equal("Two layers of a model are named a.", Assert.Throws<ArgumentException>(() =>
            new Model(new Shape(2), [new NamedLayer("a", new Linear(2, 3)), new NamedLayer("a", new Linear(3, 3))])).Message);
        Assert.Equal("A model needs parameters.", Assert.Throws<ArgumentException>(() =>
            new Model(new Shape(2), [new NamedLayer("a", Activation.Relu)])).Message);
    }

    static double[] Naive(Parameters<double> parameters, double[] x, string activation)
    {
        for (int layer = 0; layer < parameters.Slots.Count / 2; layer++)
        {
            var (weight, bias) = (parameters.Slots[2 * layer].Value, parameters.Slots[(2 * layer) + 1].Value);
            var y = bias.Span.ToArray();
            for (int i = 0; i < y.Length; i++)
            {
                for (int k = 0; k < x.Length; k++)
                {
                    y[i] += weight.Span[(i * x.Length) + k] * x[k];
                }

                bool isLast = layer == (parameters.Slots.Count / 2) - 1;
                y[i] = isLast ? y[i] : activation switch
                {
                    "relu" => Math.Max(y[i], 0),
                    "tanh" => Math.Tanh(y[i]),
                    _ => 1 / (1 + Math.Exp(-y[i])),
                };
            }

            x = y;
        }

        return x;
    }
}
