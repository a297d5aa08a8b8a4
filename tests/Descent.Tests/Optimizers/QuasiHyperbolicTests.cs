using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>The families contain other rules.</summary>
public class QuasiHyperbolicTests
{
    const double Rate = 0.1;
    const double Momentum = 0.8;

    [Fact]
    public void NuOfZeroIsPlainDescent() => AssertSame(new Sgd(Rate), new Qhm(Rate, Momentum, Nu: 0));

    /// <summary>The buffer is a mean, so the learning rate is 1/(1−β) times that of a sum. The first sum begins with the whole gradient, the
    /// mean with 1−β of it.</summary>
    [Fact]
    public void NuOfOneIsMomentum() => AssertSame(new Sgd(Rate, Momentum), new Qhm(Rate / (1 - Momentum), Momentum, Nu: 1));

    [Fact]
    public void NuOfBetaIsNesterovsMomentum() =>
        AssertSame(new Sgd(Rate, Momentum, Nesterov: true), new Qhm(Rate / (1 - Momentum), Momentum, Nu: Momentum));

    [Fact]
    public void BothNusOfOneAreAdam() => AssertSame(new Adam(Epsilon: 0.01), new QhAdam(Beta1: 0.9, Nu1: 1, Nu2: 1, Epsilon: 0.01));

    static void AssertSame(IOptimizer first, IOptimizer second)
    {
        using var a = new OptimizerAtWork<double>(first, [30]).Start(seed: 5).Steps(20, seed: 6);
        using var b = new OptimizerAtWork<double>(second, [30]).Start(seed: 5);
        Assert.NotEqual(a.Values.ToArray(), b.Values.ToArray());
        _ = b.Steps(20, seed: 6);
        for (int k = 0; k < 30; k++)
        {
            Assert.Equal(a.Values[k], b.Values[k], 1e-12);
        }
    }
}
