using System.Numerics;
using Descent.Analysis;

namespace Descent.Tests.Analysis.Quadratics;

public class QuadraticMethodTests
{
    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (string name in QuadraticMethod.Names)
            {
                cases.Add(name, 10);
                cases.Add(name, 100);
                cases.Add(name, 1000);
            }

            return cases;
        }
    }

    /// <summary>The values of the literature at condition 100, as numbers.</summary>
    [Theory]
    [InlineData("gradient-descent", 0.019801980198019802, 0, 0.98019801980198019)]
    [InlineData("heavy-ball", 0.033057851239669422, 0.66942148760330578, 0.81818181818181823)]
    [InlineData("nesterov", 0.013289036544850499, 0.7932747262909431, 0.884721916459153)]
    public void TheConstantsAreThoseOfTheLiterature(string name, double learningRate, double momentum, double rate)
    {
        var method = QuadraticMethod.Optimal(name, 100);

        Assert.Equal(learningRate, method.LearningRate, 1e-15);
        Assert.Equal(momentum, method.Momentum, 1e-14);
        Assert.Equal(rate, QuadraticMethod.OptimalRate(name, 100), 1e-14);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheRateIsTheLargestRootAndTheClosedForm(string name, double condition)
    {
        var method = QuadraticMethod.Optimal(name, condition);

        // Double roots at the ends of the spectrum: the root of a rounding.
        Assert.Equal(QuadraticMethod.OptimalRate(name, condition), method.Rate, 1e-6);
        Assert.All(new[] { 1, Math.Sqrt(condition), condition }, x => Assert.All(method.Roots(x), z =>
        {
            double kept = 1 - (method.LearningRate * x);
            var value = name switch
            {
                QuadraticMethod.GradientDescent => z - kept,
                QuadraticMethod.HeavyBall => (z * z) - ((kept + method.Momentum) * z) + method.Momentum,
                _ => (z * z) - ((1 + method.Momentum) * kept * z) + (method.Momentum * kept),
            };
            Assert.Equal(0, Complex.Abs(value), 1e-12);
        }));
    }

    /// <summary>Whatever is changed a little, some curvature fares worse.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void NoOtherConstantsAreBetter(string name, double condition)
    {
        var method = QuadraticMethod.Optimal(name, condition);
        foreach (double factor in new[] { 0.99, 1.01 })
        {
            Assert.True((method with { LearningRate = factor * method.LearningRate }).Rate > method.Rate);
            if (name != QuadraticMethod.GradientDescent)
            {
                double momentum = 1 - ((1 - method.Momentum) * factor);
                Assert.True((method with { Momentum = momentum }).Rate > method.Rate - 1e-9);
            }
        }
    }

    /// <summary>The rule's own run: never above the bound, and in the long run as slow as the rate says.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheRunKeepsToTheBound(string name, double condition)
    {
        var method = QuadraticMethod.Optimal(name, condition);
        int steps = (int)(20 / (1 - method.Rate));
        var run = method.Run(steps);

        Assert.All(run.Index(), x => Assert.True(x.Item <= method.Bound(x.Index) * (1 + 1e-6), $"step {x.Index}: {x.Item} above {method.Bound(x.Index)}"));
        double measured = Math.Pow(run[^1] / run[steps / 2], 1.0 / (steps - (steps / 2)));
        Assert.Equal(1, (1 - measured) / (1 - method.Rate), 0.12);
    }

    [Fact]
    public void TheSquareRootOfTheConditionIsWhatCounts()
    {
        var slow = QuadraticMethod.Optimal(QuadraticMethod.GradientDescent, 1e4);
        var fast = QuadraticMethod.Optimal(QuadraticMethod.HeavyBall, 1e4);

        Assert.Equal(100, Math.Log(fast.Rate) / Math.Log(slow.Rate), 1);
    }

    [Theory]
    [InlineData("heavyball", 100, "heavyball is not a method on quadratics. Did you mean \"heavy-ball\"? Known: gradient-descent, heavy-ball, nesterov.")]
    [InlineData("heavy-ball", 0.5, "the condition must be a number of at least 1, got 0.5.")]
    public void AMistakeIsOneSentence(string name, double condition, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => QuadraticMethod.Optimal(name, condition)).Message);
}
