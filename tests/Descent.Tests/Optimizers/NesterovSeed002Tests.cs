using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>What the documentation says of the fault, against closed forms.</summary>
public class NesterovSeed002Tests
{
    /// <summary>The step (1+μ)/(1−μ) instead of 1/(1−μ).</summary>
    [Fact]
    public void UnderAConstantGradientTheStepGrowsToNineteenGradients()
    {
        Assert.Equal(19, LastStep(new NesterovSeed002(LearningRate: 1, Momentum: 0.9)), 1e-9);
        Assert.Equal(10, LastStep(new Sgd(LearningRate: 1, Momentum: 0.9, Nesterov: true)), 1e-9);
    }

    /// <summary>The limits of η·h for μ = 0.9: (1−μ)/μ, 2(1+μ)/(1+2μ) and 2(1+μ), for the faulty form, PyTorch's and heavy ball.</summary>
    [Fact]
    public void OnAQuadraticTheLimitOfTheLearningRateIsATwelfthOfNesterovs()
    {
        AssertLimit(0.1 / 0.9, rate => new NesterovSeed002(rate, Momentum: 0.9));
        AssertLimit(3.8 / 2.8, rate => new Sgd(rate, Momentum: 0.9, Nesterov: true));
        AssertLimit(3.8, rate => new Sgd(rate, Momentum: 0.9));
    }

    static void AssertLimit(double limit, Func<double, IOptimizer> rule)
    {
        Assert.InRange(Distance(rule(0.95 * limit)), 0, 1);
        Assert.InRange(Distance(rule(1.05 * limit)), 1e6, double.PositiveInfinity);
    }

    /// <summary>From the minimum of ½θ² after many steps from 1.</summary>
    static double Distance(IOptimizer optimizer)
    {
        using var work = new OptimizerAtWork<double>(optimizer, [1]);
        work.Values[0] = 1;
        for (int step = 0; step < 10_000 && Math.Abs(work.Values[0]) < 1e9; step++)
        {
            work.Gradients[0] = work.Values[0];
            work.Run.Step();
        }

        return Math.Abs(work.Values[0]);
    }

    static double LastStep(IOptimizer optimizer)
    {
        using var work = new OptimizerAtWork<double>(optimizer, [1]);
        work.Gradients[0] = 1;
        double before = 0;
        for (int step = 0; step < 400; step++)
        {
            before = work.Values[0];
            work.Run.Step();
        }

        return before - work.Values[0];
    }
}
