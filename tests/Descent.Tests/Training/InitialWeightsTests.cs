using Descent.Formats;
using Descent.Training;

namespace Descent.Tests.Training;

public class InitialWeightsTests
{
    [Theory]
    [InlineData("float32", "float32")]
    [InlineData("float64", "float32")]
    [InlineData("float32", "float64")]
    public void ATrainingStartsFromTheWeightsOfAnother(string precision, string firstPrecision)
    {
        var (first, told) = DigitsTraining.Run(DigitsTraining.Settings, precision: firstPrecision, isCheckpointDue: step => step == 135);
        var weights = new InitialWeights(new("first.safetensors", told.Checkpoints[0].Arrays));
        var (second, start) = DigitsTraining.Run(DigitsTraining.Settings with { Weights = weights, Seed = 5, Epochs = 0 }, precision: precision);

        Assert.Equal(told.Epochs[^1].TrainLoss, start.Epochs[0].TrainLoss, 1e-6);
        Assert.Equal(told.Epochs[^1].TestAccuracy, start.Epochs[0].TestAccuracy);
        Assert.Equal(precision == firstPrecision, first.ParametersHash == second.ParametersHash);
        // The optimizer starts anew.
        Assert.All(Start(DigitsTraining.Settings with { Weights = weights }).Where(array => array.Name.StartsWith("optimizer", StringComparison.Ordinal)),
            array => Assert.Equal(-1, array.Bytes.Span.IndexOfAnyExcept((byte)0)));
    }

    [Fact]
    public void WithoutTheHeadTheLastLayerIsFresh()
    {
        var weights = new InitialWeights(new("w.pth", OfClasses(1000)), IsExceptHead: true);
        var fresh = Start(DigitsTraining.Settings);
        var start = Start(DigitsTraining.Settings with { Weights = weights });

        Assert.Equal(weights.Content.Arrays[0].Values<float>(), start[0].Values<float>());
        Assert.Equal(weights.Content.Arrays[1].Values<float>(), start[1].Values<float>());
        Assert.Equal(fresh[2].Values<float>(), start[2].Values<float>());
        Assert.Equal(fresh[3].Values<float>(), start[3].Values<float>());
    }

    [Fact]
    public void WeightsOfOtherClassesSayHowToTakeThem()
    {
        string Refusal(IReadOnlyList<NamedArray> arrays) => Assert.Throws<BadInputException>(() =>
            Start(DigitsTraining.Settings with { Weights = new InitialWeights(new("w.pth", arrays)) })).Message;

        Assert.Equal("w.pth does not fit the model; of another shape: fc2.weight [1000, 64] (needed [10, 64]), fc2.bias [1000] (needed [10]). "
            + "All but the last layer fit: with --init-except-head (in a study init_except_head: true) it keeps its fresh start.", Refusal(OfClasses(1000)));
        Assert.Equal("w.pth does not fit the model; missing: fc1.bias [64]; not needed: fc1.bais [64].",
            Refusal([.. OfClasses(10).Select(array => array.Name == "fc1.bias" ? new NamedArray("fc1.bais", array.Type, array.Shape, array.Bytes) : array)]));
    }

    static NamedArray[] OfClasses(int classes) =>
    [
        NamedArray.Copy<float>("fc1.weight", [64, 64], [.. Enumerable.Range(0, 4096).Select(i => i / 4096f)]),
        NamedArray.Copy<float>("fc1.bias", [64], new float[64]),
        NamedArray.Copy<float>("fc2.weight", [classes, 64], new float[classes * 64]),
        NamedArray.Copy<float>("fc2.bias", [classes], new float[classes]),
    ];

    static IReadOnlyList<NamedArray> Start(TrainingSettings settings) => DigitsTraining.Run(settings, source: Cancelled()).Told.Checkpoints[0].Arrays;

    static CancellationTokenSource Cancelled()
    {
        var source = new CancellationTokenSource();
        source.Cancel();
        return source;
    }
}
