using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>The three algorithms that go by the name AMSGrad, by hand: after one gradient of 10 and 199 of 0.1 the largest mean square is
/// still that of the first step, 0.001·10² = 0.1, and the mean gradient is 0.1.</summary>
public class AmsgradFormTests
{
    /// <summary>u = 0.1 is corrected at the end: 0.1 / √(0.1/(1−0.999²⁰⁰)).</summary>
    [Fact]
    public void PyTorchCorrectsAfterTheMaximum() =>
        Assert.Equal(0.1 / Math.Sqrt(0.1 / (1 - Math.Pow(0.999, 200))), LastStep(new Amsgrad(LearningRate: 1)), 1e-6);

    /// <summary>u = 0.1/(1−0.999) = 100 stays: 0.1 / √100.</summary>
    [Fact]
    public void OptaxCorrectsBeforeTheMaximum() => Assert.Equal(0.01, LastStep(new AmsgradOptax(LearningRate: 1)), 1e-6);

    /// <summary>0.1 / √0.1.</summary>
    [Fact]
    public void ThePaperDoesNotCorrect() => Assert.Equal(0.1 / Math.Sqrt(0.1), LastStep(new AmsgradPaper(LearningRate: 1)), 1e-6);

    static double LastStep(IOptimizer optimizer)
    {
        using var work = new OptimizerAtWork<double>(optimizer, [1]);
        double before = 0;
        for (int step = 0; step < 200; step++)
        {
            before = work.Values[0];
            work.Gradients[0] = step == 0 ? 10 : 0.1;
            work.Run.Step();
        }

        return before - work.Values[0];
    }
}
