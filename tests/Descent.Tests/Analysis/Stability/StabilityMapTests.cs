using Descent.Analysis;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Analysis.Stability;

public class StabilityMapTests
{
    /// <summary>The limits that are known in closed form, written out here once more.</summary>
    public static TheoryData<string, double> Limits => new()
    {
        { "sgd", 2 },
        { "sgd momentum=0.5", 3 },
        { "sgd momentum=0.9", 3.8 },
        { "sgd momentum=0.9 dampening=0.9", 38 },
        { "sgd momentum=0.9 nesterov=true", 3.8 / 2.8 },
        { "nesterov-lookahead momentum=0.9", 3.8 / 2.8 },
        { "nesterov-seed002 momentum=0.9", 1.0 / 9 },
        { "nesterov-seed002 momentum=0.1", 2.2 / 0.9 },
        { "sgd-keras momentum=0.9", 3.8 },
        { "rmsprop", 2 },
        { "rmsprop momentum=0.9", 3.8 },
        { "adam", 38 },
        { "adamw beta1=0.5 weight_decay=0", 6 },
        { "amsgrad beta1=0.5", 6 },
        { "amsgrad-optax", 38 },
        { "amsgrad-paper", 38 },
        { "adabelief", 38 },
        { "adamax", 38 },
        { "adam-keras", 38 },
        { "rmsprop-keras", 2 },
        // 2(1 + β)/((1 − β)(1 + 2β)): −1 is a root where −θ = θ − (1 − β)·a·θ + β·u with u = −(1 − β)·a·θ/(1 + β).
        { "nadam", 3.8 / 0.28 },
        { "nadam-optax beta1=0.5", 3 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void TheLimitOfTheRulesOwnStepIsThatOfTheory(string settings, double expected)
    {
        var optimizer = GoldenCreate(settings);

        Assert.Equal(1, StabilityMap.Limit(optimizer) / expected, 1e-6);
        if (StabilityMap.ClosedForm(optimizer) is { } closed)
        {
            Assert.Equal(expected, closed, 1e-12);
        }
    }

    /// <summary>A run on the quadratic itself: it shrinks below the limit and grows above, at the rate of the spectral radius.</summary>
    [Theory]
    [InlineData("sgd momentum=0.9", 3.7)]
    [InlineData("sgd momentum=0.9", 3.9)]
    [InlineData("sgd momentum=0.9 nesterov=true", 1.3)]
    [InlineData("sgd momentum=0.9 nesterov=true", 1.4)]
    [InlineData("nesterov-seed002 momentum=0.9", 0.1)]
    [InlineData("nesterov-seed002 momentum=0.9", 0.12)]
    public void ARunGrowsLikeTheSpectralRadius(string settings, double rateTimesCurvature)
    {
        var optimizer = GoldenCreate(settings);
        double curvature = rateTimesCurvature / optimizer.LearningRate;
        var problem = new TestProblem("one", "h·x²/2", new Shape(1), [1], [], (x, _, gradient) =>
        {
            gradient[0] = curvature * x[0];
            return 0.5 * curvature * x[0] * x[0];
        }, (_, _, hessian) => hessian[0] = curvature);
        double[] distances = [.. Trajectory.Run<double>(optimizer, problem, 600).Steps.Select(x => Math.Abs(x.Parameters[0]))];
        double rate = Math.Pow(distances[400..].Max() / distances[..200].Max(), 1 / 400.0);

        Assert.Equal(rate, StabilityMap.RadiusOf(optimizer, rateTimesCurvature), 0.01);
        Assert.Equal(rate > 1, StabilityMap.RadiusOf(optimizer, rateTimesCurvature) > 1);
    }

    [Fact]
    public void AMapHasARowForEveryMomentum()
    {
        var map = StabilityMap.Of(new Sgd(), [0, 0.5, 0.9], 40);

        Assert.Equal(("sgd", "momentum", false), (map.Rule, map.MomentumName, map.HoldsSecondMoment));
        Assert.Equal(3, map.Radii.Count);
        Assert.Equal([2, 3, 3.8], map.Limits.Select(x => Math.Round(x, 6)));
        Assert.Equal([2, 3, 3.8], map.ClosedForms.Select(x => Math.Round(x!.Value, 6)));

        // Gradient descent's radius is |1 − η·h|, and heavy ball's within its region's curved part √β.
        Assert.All(map.RatesTimesCurvature.Zip(map.Radii[0]), x => Assert.Equal(Math.Abs(1 - x.First), x.Second, 1e-9));
        Assert.Equal(Math.Sqrt(0.9), StabilityMap.RadiusOf(new Sgd(Momentum: 0.9), 1), 1e-6);
        Assert.Equal([0.5, 0.9], StabilityMap.Of(new Sgd(Momentum: 0.9, Nesterov: true), [0, 0.5, 0.9], 4).Momenta);
    }

    [Theory]
    [InlineData("lion", "lion is not linear on a quadratic: how far it goes does not grow with the distance, so it has no region of stability.")]
    [InlineData("adagrad", "adagrad's steps shrink as the sum of squares that it divides by grows, so it has no limit that lasts.")]
    [InlineData("muon", "muon: stability is for rules that see each number by itself and take all steps alike.")]
    [InlineData("lookahead", "lookahead: stability is for rules that see each number by itself and take all steps alike.")]
    public void OthersAreRefused(string rule, string sentence) => Assert.Equal(sentence,
        Assert.Throws<BadInputException>(() => StabilityMap.Limit(GoldenCreate(rule))).Message);

    static IOptimizer GoldenCreate(string settings) => Optimizers.GoldenTrajectory.Create(settings);
}
