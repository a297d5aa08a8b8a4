using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.Tests.Analysis;

public class RuleDifferenceTests
{
    static readonly TestProblem drift = TestProblem.Find("drift");

    [Theory]
    [InlineData("drift")]
    [InlineData("rosenbrock")]
    public void OneRuleNeverPartsFromItself(string problem)
    {
        var difference = RuleDifference.OnOneStream<double>((new Adam(), new Adam()), TestProblem.Find(problem), 50);

        Assert.Null(difference.PartsAtStep);
        Assert.Equal((50, 50), (difference.Steps.Count, difference.EqualBitsUntil));
        Assert.All(difference.Steps, step => Assert.Equal((0, 0), (step.Gap, step.RelativeGap)));
    }

    /// <summary>Plain gradient descent goes by the sum of the gradients: twice the rate on the same gradients is twice as far, and the gap is the
    /// first one's whole way.</summary>
    [Fact]
    public void TwiceTheRateOnOneStreamIsTwiceAsFar()
    {
        var difference = RuleDifference.OnOneStream<double>((new Sgd(LearningRate: 0.1), new Sgd(LearningRate: 0.2)), drift, 30);

        Assert.Equal(1, difference.PartsAtStep);
        Assert.All(difference.Steps, step => Assert.Equal(1, step.RelativeGap, 1e-12));
        Assert.All(difference.Steps, step => Assert.Equal(2 * step.FirstStepLength, step.SecondStepLength, 1e-12));

        // At places of their own the gradients differ, too.
        var apart = RuleDifference.Of(Trajectory.Run<double>(new Sgd(LearningRate: 0.1), drift, 30), Trajectory.Run<double>(new Sgd(LearningRate: 0.2), drift, 30), 1e-9);
        Assert.Contains(apart.Steps, step => Math.Abs(step.RelativeGap - 1) > 0.01);
    }

    /// <summary>AMSGrad is Adam until a mean of squares falls for the first time. Along Adam's path that can be seen in the gradients alone.</summary>
    [Fact]
    public void AdamAndAmsgradPartWhereAMeanSquareFalls()
    {
        var path = Trajectory.Run<double>(new Adam(), drift, 60);
        double[] mean = new double[20], gradient = new double[20];
        int expected = 0;
        for (int t = 0; t < 60 && expected == 0; t++)
        {
            _ = drift.Evaluate([.. path.Steps[t].Parameters], t, gradient);
            for (int k = 0; k < 20; k++)
            {
                double next = (0.999 * mean[k]) + (0.001 * gradient[k] * gradient[k]);
                expected = next < mean[k] ? t + 1 : expected;
                mean[k] = next;
            }
        }

        var difference = RuleDifference.OnOneStream<double>((new Adam(), new Amsgrad()), drift, 60);

        Assert.Equal((expected, expected - 1), (difference.PartsAtStep, difference.EqualBitsUntil));
        Assert.InRange(expected, 2, 59);
    }

    [Fact]
    public void TheFirstRulesPathIsItsOwn()
    {
        var alone = Trajectory.Run<float>(new Sgd(LearningRate: 0.1, Momentum: 0.9), drift, 20);

        var difference = RuleDifference.OnOneStream<float>((new Sgd(LearningRate: 0.1, Momentum: 0.9), new Adam()), drift, 20);

        Assert.Equal(alone.Steps.Select(step => step.Parameters), difference.First.Steps.Select(step => step.Parameters));
        Assert.Equal(1e-4, difference.Tolerance);
    }

    [Fact]
    public void AFlightOfOneEndsTheComparison()
    {
        var difference = RuleDifference.OnOneStream<double>((new Sgd(LearningRate: 0.05), new Sgd(LearningRate: 1e300)), TestProblem.Find("saddle"), 5000);

        _ = Assert.NotNull(difference.Second.DivergedAt);
        Assert.Equal(Math.Min(difference.First.Steps.Count, difference.Second.Steps.Count) - 1, difference.Steps.Count);
    }

    [Fact]
    public void ARuleThatAsksForMoreIsRefused() => Assert.Equal(
        "lbfgs asks for gradients of its own within a step, which one stream for two rules does not have: add --own-gradients.",
        Assert.Throws<BadInputException>(() => RuleDifference.OnOneStream<double>((new Sgd(), new Lbfgs()), drift, 5)).Message);

    /// <summary>The gradient of the noisy loss is the noisy gradient: within a step it is one function.</summary>
    [Fact]
    public void NoiseIsTheGradientOfANoisyLoss()
    {
        var noisy = new GradientNoise(3, Seed: 5).In(TestProblem.Find("beale"));
        double[] gradient = new double[2], ignored = new double[2];
        _ = noisy.Evaluate([0.7, -0.3], 4, gradient);

        const double H = 1e-6;
        Assert.Equal((noisy.Evaluate([0.7 + H, -0.3], 4, ignored) - noisy.Evaluate([0.7 - H, -0.3], 4, ignored)) / (2 * H), gradient[0], 1e-6);
        Assert.Equal((noisy.Evaluate([0.7, -0.3 + H], 4, ignored) - noisy.Evaluate([0.7, -0.3 - H], 4, ignored)) / (2 * H), gradient[1], 1e-6);
    }

    [Fact]
    public void NoiseHasItsDeviationAndIsAnotherAtEachStep()
    {
        var flat = new GradientNoise(2, Seed: 1).In(TestProblem.Find("drift") with { Evaluate = (_, _, gradient) => { gradient.Clear(); return 0; } });
        double[] gradient = new double[20];
        double[] all = [.. Enumerable.Range(0, 1000).SelectMany(t =>
        {
            _ = flat.Evaluate(new double[20], t, gradient);
            return gradient.ToArray();
        })];

        Assert.Equal(0, all.Average(), 0.05);
        Assert.Equal(2, Math.Sqrt(all.Select(x => x * x).Average()), 0.03);
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    /// <summary>The path is told by the true loss; what the rule saw is another matter.</summary>
    [Fact]
    public void NoiseMovesThePathAndNotTheMeasure()
    {
        var booth = TestProblem.Find("booth");
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.01), booth, 10, noise: new(5, 2));

        Assert.NotEqual(Trajectory.Run<double>(new Sgd(LearningRate: 0.01), booth, 10).Steps[1].Parameters, path.Steps[1].Parameters);
        Assert.All(path.Steps, step => Assert.Equal(booth.Evaluate([.. step.Parameters], step.Step, new double[2]), step.Loss));
    }
}
