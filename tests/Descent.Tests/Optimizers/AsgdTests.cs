using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class AsgdTests
{
    /// <summary>Under a gradient of 1 without decay θ is −η·t, and its mean over the steps t₀+2 to t is −η·(t₀+2+t)/2.</summary>
    [Theory]
    [InlineData(1, -0.1)]
    [InlineData(12, -1.2)]
    [InlineData(13, -1.25)]
    [InlineData(40, -2.6)]
    public void TheAverageBeginsTwoStepsAfterT0AndStaysBesideTheParameters(int steps, double average)
    {
        using var work = new OptimizerAtWork<double>(new Asgd(LearningRate: 0.1, Lambda: 0, T0: 10), [3]);
        work.Gradients.Fill(1);
        for (int step = 0; step < steps; step++)
        {
            work.Run.Step();
        }

        Assert.Equal(average, work.Run.State("ax").Span[2], 1e-12);
        Assert.Equal(-0.1 * steps, work.Values[2], 1e-12);
    }
}
