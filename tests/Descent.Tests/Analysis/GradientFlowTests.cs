using Descent.Analysis;
using Descent.Layers;

namespace Descent.Tests.Analysis;

public class GradientFlowTests
{
    /// <summary>The norms of the gradients that a surface on the one batch has, in both modes of batch norm.</summary>
    [Theory]
    [InlineData("mnist-mlp", Mode.Evaluation)]
    [InlineData("mnist-deep-mlp-bn", Mode.Training)]
    [InlineData("cifar10-cnn-bn", Mode.Evaluation)]
    public void NormsAreThoseOfTheBatchsGradient(string name, Mode mode)
    {
        using var fixture = SurfaceFixture<double>.Of(name, 12, mode == Mode.Training ? "training" : "evaluation", mode == Mode.Training ? 12 : null);
        var flow = Measure(fixture, mode, 12, 1);
        double loss = fixture.Surface.Gradient();
        var slots = fixture.Parameters.Slots.Where(slot => slot.Info.Shape.Rank > 1).ToList();

        Assert.Equal(loss, flow.Loss, 1e-12);
        Assert.Equal(slots.Select(slot => slot.Name), flow.Weights.Select(x => x.Name));
        foreach (var (slot, told) in slots.Zip(flow.Weights))
        {
            double norm = Math.Sqrt(slot.Gradient.Span.ToArray().Sum(x => x * x));
            Assert.Equal(norm, told.MeanNorm, 1e-10 * norm);
            Assert.Equal(Math.Sqrt(slot.Value.Span.ToArray().Sum(x => x * x)), told.WeightNorm, 1e-10);
            Assert.Equal(slot.Count, told.Magnitudes.Counts.Sum());
            int inBin = slot.Gradient.Span.ToArray().Count(g => Math.Log10(Math.Abs(g)) is >= -3 and < -2.8);
            Assert.Equal(inBin, told.Magnitudes.Counts[45]);
        }
    }

    /// <summary>Means, smallest and largest over two different batches; images that fill none are left out.</summary>
    [Fact]
    public void NormsAreAveragedOverBatches()
    {
        using var fixture = SurfaceFixture<float>.Of("mnist-mlp", 14);
        var both = Measure(fixture, Mode.Evaluation, 6, 20);
        double[] each = [.. new[] { Range(0, 5), Range(6, 11) }];

        Assert.Equal(2, both.Batches);
        Assert.Equal(each.Average(), both.Weights[0].MeanNorm, 1e-6);
        Assert.Equal((each.Min(), each.Max()), (both.Weights[0].SmallestNorm, both.Weights[0].LargestNorm));

        double Range(int first, int last) => GradientFlowRun.Measure(fixture.Executor, fixture.Model, fixture.Parameters, fixture.Part.Range(first, last), fixture.Normalization,
            Mode.Evaluation, 6, 1).Weights[0].MeanNorm;
    }

    /// <summary>Weights of zero: every unit gives its bias. Two of four units of the first layer are dead.</summary>
    [Fact]
    public void ActivationsOfAKnownNetAreTold()
    {
        using var fixture = SurfaceFixture<double>.Of("mnist small", 8);
        foreach (var slot in fixture.Parameters.Slots)
        {
            slot.Value.Span.Clear();
        }

        double[] biases = [3, -1, 1, 0];
        biases.CopyTo(fixture.Parameters["fc1.bias"].Value.Span);
        fixture.Parameters["fc2.bias"].Value.Span.Fill(2);
        var flow = Measure(fixture, Mode.Evaluation, 4, 2);
        var (relu, logits) = (flow.Activations[0], flow.Activations[^1]);

        Assert.Equal(("relu1", 1.0, 0.5, 0.5), (relu.Name, relu.Mean, relu.Zeros, relu.Dead));
        Assert.Equal(Math.Sqrt(1.5), relu.Deviation, 1e-12);
        Assert.Equal((2.0, 0.0, 0.0, null), (logits.Mean, logits.Deviation, logits.Zeros, logits.Dead));
        // No signal reaches the first layer through weights of zero.
        Assert.Equal(double.PositiveInfinity, flow.Ratio);
        Assert.Equal("No gradient reaches fc1.weight.", flow.Verdict);

        // However small, what comes out of a unit is alive.
        fixture.Parameters["fc1.bias"].Value.Span[2] = 1e-9;
        Assert.Equal((0.5, 0.5), Measure(fixture, Mode.Evaluation, 4, 2).Activations[0] is var small ? (small.Zeros, small.Dead) : default);
    }

    [Theory]
    [InlineData(1.0, 2.0, "Evenly spread: the gradient of b is 2 times that of a (at most 100).")]
    [InlineData(500.0, 2.0, "Badly spread: the gradient of a is 250 times that of b (more than 100). Batch norm or another initialization may help.")]
    [InlineData(1e-9, 2e-9, "Vanished: the largest gradient, of b, has the norm 2E-09.")]
    [InlineData(0.0, 0.0, "No weight has a gradient: from here biases alone can learn.")]
    public void TheVerdictIsOneSentence(double a, double b, string sentence) =>
        Assert.Equal(sentence, new GradientFlow([Weight("a", a), Weight("b", b)], [], 1, 0).Verdict);

    [Fact]
    public void NothingIsChangedAndThreadsGiveEqualBits()
    {
        var one = Look(1);
        Assert.Equal(one, Look(3));

        static double[] Look(int threads)
        {
            using var fixture = SurfaceFixture<float>.Of("mnist-deep-mlp-bn", 40, threads: threads);
            var before = ParameterPoint.Of(fixture.Parameters);
            var flow = Measure(fixture, Mode.Training, 20, 2);
            var after = ParameterPoint.Of(fixture.Parameters);
            Assert.Equal(before.Values, after.Values);
            Assert.All(before.Statistics.Zip(after.Statistics), pair => Assert.Equal(pair.First, pair.Second));
            return [flow.Loss, .. flow.Weights.Select(x => x.MeanNorm), .. flow.Activations.Select(x => x.Deviation)];
        }
    }

    static WeightFlow Weight(string name, double norm) => new(name, norm, norm, norm, 1, new(0, 1, 1));

    static GradientFlow Measure<T>(SurfaceFixture<T> fixture, Mode mode, int batchSize, int batches) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        GradientFlowRun.Measure(fixture.Executor, fixture.Model, fixture.Parameters, fixture.Part, fixture.Normalization, mode, batchSize, batches, isExact: true);
}
