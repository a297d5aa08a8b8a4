using Descent.Layers;
using Descent.Tensors;

namespace Descent.Tests.Layers;

public class InitializationTests
{
    // A weight [out, in] of 300,000 numbers and a bias: the deviation of a sample's deviation is below 0.2 %.
    const int Outputs = 300;
    const int Inputs = 1000;

    /// <summary>Deviations and bounds of torch.nn.init on a weight of 300 outputs and 1000 inputs: kaiming_normal_, kaiming_uniform_(mode, nonlinearity),
    /// xavier_normal_, xavier_uniform_(gain), and of torch.nn.Linear itself.</summary>
    [Theory]
    [InlineData("he", "normal", 0.044721359549995794)]
    [InlineData("he(fan=out)", "normal", 0.08164965809277261)]
    [InlineData("he(fan=out, distribution=uniform)", "uniform", 0.1414213562373095)]
    [InlineData("he(gain=tanh)", "normal", 0.052704627669472995)]
    [InlineData("he(distribution=uniform, gain=sigmoid)", "uniform", 0.05477225575051661)]
    [InlineData("he(gain=linear)", "normal", 0.03162277660168379)]
    [InlineData("he(gain=0.5)", "normal", 0.015811388300841896)]
    [InlineData("he(fan=average)", "normal", 0.05547001962252291)]
    [InlineData("xavier(distribution=normal)", "normal", 0.03922322702763681)]
    [InlineData("xavier", "uniform", 0.06793662204867574)]
    [InlineData("xavier(gain=relu)", "uniform", 0.09607689228305229)]
    [InlineData("normal(scale=0.05)", "normal", 0.05)]
    [InlineData("normal", "normal", 0.01)]
    [InlineData("random", "normal", 0.01)]
    [InlineData("uniform(scale=0.05)", "uniform", 0.05)]
    [InlineData("pytorch", "uniform", 0.03162277660168379)]
    public void TheWeightsHaveTheSchemesMoments(string text, string distribution, double width)
    {
        var x = Weight(text);
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(value => value * value)), largest = x.Max(Math.Abs);
        double kurtosis = x.Average(value => Math.Pow(value / deviation, 4));
        double expected = distribution == "normal" ? width : width / Math.Sqrt(3);

        Assert.InRange(mean, -5 * expected / Math.Sqrt(x.Length), 5 * expected / Math.Sqrt(x.Length));
        Assert.InRange(deviation / expected, 0.993, 1.007);
        Assert.InRange(kurtosis, distribution == "normal" ? 2.95 : 1.78, distribution == "normal" ? 3.05 : 1.82);
        Assert.InRange(largest / width, distribution == "normal" ? 4 : 0.999, distribution == "normal" ? 7 : 1);
    }

    [Fact]
    public void HesFirstLayerOnCifarHasItsPublishedDeviation()
    {
        using var parameters = new Parameters<float>([new("W1", new Shape(50, 3072), ParameterTraits.Weight)]);
        InitializationCatalog.Parse("he").Initialize(parameters, seed: 2023);

        Assert.InRange(Math.Sqrt(parameters.Values.Span.ToArray().Average(x => (double)x * x)) / 0.02551551815399, 0.97, 1.03);
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("normal(scale=2)")]
    [InlineData("uniform(scale=2)")]
    [InlineData("he")]
    [InlineData("xavier")]
    public void BiasesStartAtZero(string text)
    {
        using var parameters = Create<double>();
        parameters.Values.Span.Fill(double.NaN);
        InitializationCatalog.Parse(text).Initialize(parameters, seed: 1);

        Assert.All(parameters["head.bias"].Value.Span.ToArray(), x => Assert.Equal(0, x));
        Assert.Equal(text == "zero", parameters["fc.weight"].Value.Span.ToArray().All(x => x == 0));
    }

    [Fact]
    public void PyTorchsBiasesAreAsWideAsItsWeights()
    {
        using var parameters = Create<double>();
        InitializationCatalog.Parse("pytorch").Initialize(parameters, seed: 1);
        double bound = 1 / Math.Sqrt(Inputs);

        Assert.All(parameters["fc.bias"].Value.Span.ToArray(), x => Assert.InRange(x, -bound, bound));
        Assert.InRange(parameters["fc.bias"].Value.Span.ToArray().Max(Math.Abs) / bound, 0.97, 1);
    }

    [Fact]
    public void TheGainOfTheActivationIsThatOfWhatFollowsEachLayer()
    {
        using var parameters = new Parameters<double>(
        [
            new("fc.weight", new Shape(Outputs, Inputs), ParameterTraits.Weight) { Activation = "tanh" },
            new("head.weight", new Shape(Outputs, Inputs), ParameterTraits.Weight | ParameterTraits.Head),
        ]);
        InitializationCatalog.Parse("he(gain=activation)").Initialize(parameters, seed: 1);

        Assert.InRange(Deviation(parameters["fc.weight"]) * Math.Sqrt(Inputs), 0.993 * 5 / 3, 1.007 * 5 / 3);
        Assert.InRange(Deviation(parameters["head.weight"]) * Math.Sqrt(Inputs), 0.993, 1.007);
    }

    [Fact]
    public void NormalizationStartsAsTheIdentity()
    {
        using var parameters = new Parameters<double>(
        [
            new("bn.weight", new Shape(3), ParameterTraits.Normalization | ParameterTraits.Weight),
            new("bn.bias", new Shape(3), ParameterTraits.Normalization | ParameterTraits.Bias),
        ]);
        InitializationCatalog.Parse("pytorch").Initialize(parameters, seed: 1);

        Assert.Equal([1, 1, 1, 0, 0, 0], parameters.Values.Span.ToArray());
    }

    [Fact]
    public void TheSeedAndTheParametersNumberDecideTheNumbers()
    {
        Assert.Equal(Weight("he", seed: 7), Weight("he", seed: 7));
        Assert.NotEqual(Weight("he", seed: 7)[..10], Weight("he", seed: 8)[..10]);

        // Another first layer leaves the second parameter's numbers as they are.
        using var small = new Parameters<double>([new("a", new Shape(2, 2), ParameterTraits.Weight), new("b", new Shape(5, 5), ParameterTraits.Weight)]);
        using var large = new Parameters<double>([new("a", new Shape(9, 9), ParameterTraits.Weight), new("b", new Shape(5, 5), ParameterTraits.Weight)]);
        InitializationCatalog.Parse("he").Initialize(small, seed: 7);
        InitializationCatalog.Parse("he").Initialize(large, seed: 7);
        Assert.Equal(small["b"].Value.Span.ToArray(), large["b"].Value.Span.ToArray());
        Assert.NotEqual(small["a"].Value.Span.ToArray(), small["b"].Value.Span[..4].ToArray());
    }

    [Fact]
    public void TheNumbersAreThoseOfTheStreamOfInitialization()
    {
        var stream = new RandomStream(7, StreamPurpose.Initialization, 0);
        var other = new RandomStream(7, StreamPurpose.Order, 0);
        double first = Math.Sqrt(2) / Math.Sqrt(Inputs) * stream.NextNormal();

        Assert.Equal(first, Weight("he", seed: 7)[0]);
        Assert.NotEqual(first, Math.Sqrt(2) / Math.Sqrt(Inputs) * other.NextNormal());
    }

    [Fact]
    public void FloatsAreTheRoundedDoubles()
    {
        using var singles = Create<float>();
        using var doubles = Create<double>();
        InitializationCatalog.Parse("pytorch").Initialize(singles, seed: 5);
        InitializationCatalog.Parse("pytorch").Initialize(doubles, seed: 5);

        Assert.Equal(doubles.Values.Span.ToArray().Select(x => (float)x), singles.Values.Span.ToArray());
    }

    static double Deviation(Parameter<double> parameter) => Math.Sqrt(parameter.Value.Span.ToArray().Average(x => x * x));

    static double[] Weight(string text, ulong seed = 1)
    {
        using var parameters = Create<double>();
        InitializationCatalog.Parse(text).Initialize(parameters, seed);
        return parameters["fc.weight"].Value.Span.ToArray();
    }

    static Parameters<T> Create<T>() where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => new(
    [
        new("fc.weight", new Shape(Outputs, Inputs), ParameterTraits.Weight),
        new("fc.bias", new Shape(Outputs), ParameterTraits.Bias) { FanIn = Inputs },
        new("head.weight", new Shape(10, Outputs), ParameterTraits.Weight | ParameterTraits.Head),
        new("head.bias", new Shape(10), ParameterTraits.Bias | ParameterTraits.Head) { FanIn = Outputs },
    ]);
}
