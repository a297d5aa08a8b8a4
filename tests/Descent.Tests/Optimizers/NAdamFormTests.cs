using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>The first step of the NAdams under a gradient of 1, by hand: m = 1−β₁ = 0.1 and v̂ = 1, so that the step is
/// 0.1·μ₂/(1−μ₁μ₂) + 1 for the libraries and (0.1·β₁ + 0.1)/0.1 for the rule that corrects both parts alike.</summary>
public class NAdamFormTests
{
    [Fact]
    public void PyTorchBeginsWithHalfTheMomentum()
    {
        double first = 0.9 * (1 - (0.5 * Math.Pow(0.96, 0.004))), second = 0.9 * (1 - (0.5 * Math.Pow(0.96, 0.008)));
        Assert.Equal(1 + (0.1 * second / (1 - (first * second))), FirstStep(new NAdam(LearningRate: 1)), 1e-6);
        Assert.Equal(1.057, FirstStep(new NAdam(LearningRate: 1)), 1e-3);
    }

    [Fact]
    public void KerasWarmsUpTwoHundredAndFiftyTimesAsFast()
    {
        double first = 0.9 * (1 - (0.5 * 0.96)), second = 0.9 * (1 - (0.5 * 0.96 * 0.96));
        Assert.Equal(1 + (0.1 * second / (1 - (first * second))), FirstStep(new NAdamKeras(LearningRate: 1)), 1e-6);
    }

    [Fact]
    public void OptaxBeginsWithTheWholeMomentum() =>
        Assert.Equal(1 + (0.1 * 0.9 / (1 - 0.81)), FirstStep(new NAdamOptax(LearningRate: 1)), 1e-6);

    /// <summary>Where the product of momenta has become zero to every digit, the rule goes on: Σ of both parts is 1.</summary>
    [Theory]
    [InlineData(0.9, 2000)]
    [InlineData(0.0, 3)]
    public void UnderAConstantGradientTheStepNearsTheLearningRate(double beta1, int steps)
    {
        using var work = new OptimizerAtWork<double>(new NAdam(LearningRate: 1, Beta1: beta1), [1]);
        double before = 0;
        for (int step = 0; step < steps; step++)
        {
            before = work.Values[0];
            work.Gradients[0] = 1;
            work.Run.Step();
        }

        // μ still grows from step to step, by 4e-5 after 2000.
        Assert.Equal(1, before - work.Values[0], 1e-4);
    }

    static double FirstStep(IOptimizer optimizer)
    {
        using var work = new OptimizerAtWork<double>(optimizer, [1]);
        work.Gradients[0] = 1;
        work.Run.Step();
        return -work.Values[0];
    }
}
