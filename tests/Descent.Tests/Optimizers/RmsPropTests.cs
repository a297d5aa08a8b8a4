using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class RmsPropTests
{
    /// <summary>Under a constant gradient s − ḡ² falls to zero, and rounding carries it below: the root of that is not a number.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void CenteredSurvivesAConstantGradient(double momentum)
    {
        var optimizer = new RmsProp(Alpha: 0.9, Epsilon: 0.01, Centered: true, Momentum: momentum);
        using var work = new OptimizerAtWork<float>(optimizer, [100]);
        for (int k = 0; k < 100; k++)
        {
            work.Gradients[k] = 0.01f * (k + 1);
        }

        for (int step = 0; step < 500; step++)
        {
            work.Run.Step();
        }

        Assert.All(work.Values.ToArray(), x => Assert.True(float.IsFinite(x)));
    }
}
