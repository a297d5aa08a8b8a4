using Descent.Analysis;
using Descent.Layers;
using Descent.Tensors;

namespace Descent.Tests.Analysis;

public class LandscapeTests
{
    static readonly double[] grid = Landscape.Centered(0.5, 5);

    /// <summary>2,100 images are several batches: the point in the middle is the checkpoint, and its loss that of the surface, which is that of an evaluation.</summary>
    [Fact]
    public void TheCentreIsTheCheckpointToTheBitAndNothingIsChanged()
    {
        using var fixture = SurfaceFixture<float>.Of("mnist-deep-mlp-bn", 2100);
        using var field = Field(fixture);
        var before = ParameterPoint.Of(fixture.Parameters);
        var (first, second) = LandscapeDirections.FilterNormalized(fixture.Parameters, seed: 1);
        var landscape = LandscapeGrid.Plane(field, before, first, second, grid, grid, TestContext.Current.CancellationToken);
        var after = ParameterPoint.Of(fixture.Parameters);

        Assert.Equal(fixture.Surface.Loss(), landscape.CenterLoss);
        Assert.Equal(landscape.CenterLoss, landscape.Losses[2][2]);
        Assert.Equal(before.Values, after.Values);
        Assert.All(before.Statistics.Zip(after.Statistics), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal((landscape.Losses.Min(row => row.Min()), landscape.Losses.Max(row => row.Max())), (landscape.Minimum, landscape.Maximum));
    }

    /// <summary>Every point is where its coordinates say, in both modes of batch norm.</summary>
    [Theory]
    [InlineData("evaluation", null)]
    [InlineData("training", 12)]
    public void PointsAreWhereTheirCoordinatesSay(string mode, int? batchSize)
    {
        using var fixture = SurfaceFixture<double>.Of("mnist small bn", 24, mode, batchSize);
        using var field = Field(fixture, mode == "training" ? Mode.Training : Mode.Evaluation, batchSize);
        var origin = ParameterPoint.Of(fixture.Parameters);
        var (first, second) = LandscapeDirections.Random(fixture.Parameters, seed: 2);
        var landscape = LandscapeGrid.Plane(field, origin, first, second, [-1, 0.25], [0.5, 2, 3], TestContext.Current.CancellationToken);
        for (int k = 0; k < fixture.Parameters.Count; k++)
        {
            fixture.Parameters.Values.Span[k] = origin.Values[k] + (0.25 * first[k]) + (2 * second[k]);
        }

        Assert.Equal(fixture.Surface.Loss(), landscape.Losses[1][1], 1e-12);
        Assert.Equal((3, 2), (landscape.Losses.Count, landscape.Losses[0].Length));
        Assert.NotEqual(landscape.Losses[0][0], landscape.Losses[1][1]);
    }

    [Fact]
    public void AnyNumberOfThreadsGivesEqualBits()
    {
        double[][] one = Losses(1), three = Losses(3);
        Assert.All(one.Zip(three), pair => Assert.Equal(pair.First, pair.Second));

        static double[][] Losses(int threads)
        {
            using var fixture = SurfaceFixture<float>.Of("cifar10-cnn-bn", 8, threads: threads);
            using var field = Field(fixture);
            var (first, second) = LandscapeDirections.FilterNormalized(fixture.Parameters, seed: 0);
            return [.. LandscapeGrid.Plane(field, ParameterPoint.Of(fixture.Parameters), first, second, grid, grid, TestContext.Current.CancellationToken).Losses];
        }
    }

    [Fact]
    public void RandomDirectionsAreAsLongAsTheParametersAndOrthogonal()
    {
        using var fixture = SurfaceFixture<double>.Of("mnist-mlp", 2);
        var (first, second) = LandscapeDirections.Random(fixture.Parameters, seed: 4);
        double norm = ParameterPoint.Of(fixture.Parameters).Norm();

        Assert.Equal(norm, Norm(first), 1e-9 * norm);
        Assert.Equal(norm, Norm(second), 1e-9 * norm);
        Assert.Equal(0, LandscapeDirections.Cosine(first, second), 1e-12);
        Assert.NotEqual(first, LandscapeDirections.Random(fixture.Parameters, seed: 5).First);
    }

    /// <summary>Filters of convolutions and rows of linear layers; biases and batch norms stay.</summary>
    [Fact]
    public void EveryFilterIsAsLongAsTheParametersFilter()
    {
        using var fixture = SurfaceFixture<double>.Of("cifar10-cnn-bn", 2);
        var (first, second) = LandscapeDirections.FilterNormalized(fixture.Parameters, seed: 4);
        foreach (var slot in fixture.Parameters.Slots)
        {
            int filters = slot.Info.Shape.Rank > 1 ? slot.Info.Shape[0] : 1, length = slot.Count / filters;
            for (int filter = 0; filter < filters; filter++)
            {
                double expected = slot.Info.Shape.Rank > 1 ? Norm(slot.Value.Span.Slice(filter * length, length).ToArray()) : 0;
                Assert.Equal(expected, Norm(first[(slot.Start + (filter * length))..][..length]), 1e-12);
                Assert.Equal(expected, Norm(second[(slot.Start + (filter * length))..][..length]), 1e-12);
            }
        }
    }

    /// <summary>The two ends of the line are the two points, to the bit.</summary>
    [Fact]
    public void AnInterpolationEndsAtBothCheckpoints()
    {
        using var fixture = SurfaceFixture<float>.Of("mnist-deep-mlp-bn", 30);
        using var other = new Parameters<float>(fixture.Model.Parameters, fixture.Model.Statistics);
        InitializationCatalog.Parse("he").Initialize(other, seed: 9);
        other.Statistics[1].Value.Span.Fill(3);
        using var field = Field(fixture);
        var line = LandscapeGrid.Interpolation(field, fixture.Parameters, other, [-0.5, 0, 0.5, 1, 1.5], TestContext.Current.CancellationToken);
        double start = fixture.Surface.Loss();
        ParameterPoint.Of(other).CopyTo(fixture.Parameters);

        Assert.Equal((start, start), (line.Losses[0][1], line.CenterLoss));
        Assert.Equal(fixture.Surface.Loss(), line.Losses[0][3]);
        Assert.True(line.IsLine);
        Assert.Equal("The two checkpoints have equal parameters: the direction between them has the norm 0.", Assert.Throws<BadInputException>(
            () => LandscapeGrid.Interpolation(field, other, fixture.Parameters, [0, 1], TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void DirectionsOfNormZeroAreRefused()
    {
        using var fixture = SurfaceFixture<float>.Of("mnist-mlp", 2);
        fixture.Parameters.Values.Span.Clear();
        Assert.Equal("The directions have the norm 0: filter-normalized directions are scaled by the weights, and all of those are 0 or not finite.",
            Assert.Throws<BadInputException>(() => LandscapeDirections.FilterNormalized(fixture.Parameters, 0)).Message);
        Assert.Equal("The directions have the norm 0: random directions are as long as the parameters, and all of those are 0 or not finite.",
            Assert.Throws<BadInputException>(() => LandscapeDirections.Random(fixture.Parameters, 0)).Message);
    }

    static LossField<T> Field<T>(SurfaceFixture<T> fixture, Mode mode = Mode.Evaluation, int? batchSize = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new(fixture.Executor, fixture.Model, fixture.Parameters, fixture.Part, fixture.Normalization, mode, batchSize, isExact: true);

    static double Norm(double[] values) => Math.Sqrt(values.Sum(x => x * x));
}
