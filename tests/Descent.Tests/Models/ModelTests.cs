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
        var model = Mlp.Numbered(784, [128, 64], 10, Activation.Tanh);

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
        var model = Mlp.Sequential(784, [256, 128, 64, 32], 10, Activation.Relu);

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
        Assert.All(Mlp.Numbered(24, [24], 5, Activation.Relu).Parameters, x => Assert.Null(x.FlattenedFrom));
    }

    [Fact]
    public void LayersAreListedWithShapesParametersAndFlops()
    {
        var model = Mlp.Numbered(784, [128], 10, Activation.Relu);

        Assert.Equal(
        [
            new LayerDescription("fc1", "linear", new Shape(128), 100_480, 200_704),
            new LayerDescription("relu1", "relu", new Shape(128), 0, 0),
            new LayerDescription("fc2", "linear", new Shape(10), 1_290, 2_560),
        ], model.Layers);
        Assert.Equal(203_264, model.Flops);
        Assert.Equal(101_770, model.ParameterCount);
        Assert.Equal(10, model.Classes);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    public void TheForwardPassEqualsANaiveLoop(string name)
    {
        var activation = Activation.Find(name);
        var model = Mlp.Numbered(5, [7, 4], 3, activation);
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
        var model = Mlp.Numbered(5, [7], 3, Activation.Relu);
        var other = Mlp.Numbered(5, [8], 3, Activation.Relu);
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

    /// <summary>[height, width, channels] to [height·width·channels].</summary>
    sealed class Flatten : ILayer
    {
        public string Kind => "flatten";

        public IReadOnlyList<ParameterInfo> Parameters => [];

        public Shape Output(Shape input) => new(input.Count);

        public long Flops(Shape input) => 0;

        public Tensor<T> Forward<T>(Tape<T> tape, IReadOnlyList<Tensor<T>> parameters, Tensor<T> x)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    }
}
