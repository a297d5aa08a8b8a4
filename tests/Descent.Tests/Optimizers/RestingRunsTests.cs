using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>Adam leaves out coordinates whose gradient and states are zero, and nobody can tell.</summary>
public class RestingRunsTests
{
    const double Beta1 = 0.9, Beta2 = 0.999;

    /// <summary>Stretches of zeros that begin and end everywhere, over the ends of vectors, runs and chunks; some coordinates begin to move later, and some of those rest again.</summary>
    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    [InlineData(66_000)]
    public void EveryCoordinateHasTheBitsOfTheFormula(int count)
    {
        using var work = new OptimizerAtWork<double>(new Adam(), [count], threads: 3).Start(1);
        double[] p = work.Values.ToArray(), m = new double[count], v = new double[count];
        for (int step = 1; step <= 12; step++)
        {
            for (int i = 0; i < count; i++)
            {
                work.Gradients[i] = i / 300 % 3 == 0 || (i / 300 % 3 == 1 && step is > 4 and < 9) || i % 1031 == step ? Math.Sin(i + step) : 0;
            }

            Expect(work.Gradients, p, m, v, step);
            work.Run.Step();
        }

        Assert.Equal(p, work.Values.ToArray());
        Assert.Equal(m, work.Run.State("exp_avg").Span.ToArray());
        Assert.Equal(v, work.Run.State("exp_avg_sq").Span.ToArray());
    }

    /// <summary>Zero gradients, but states of another training.</summary>
    [Fact]
    public void StatesThatWereWrittenMoveTheirCoordinates()
    {
        using var work = new OptimizerAtWork<double>(new Adam(), [1000]).Start(1);
        work.Gradients.Clear();
        work.Run.Step();
        double[] rested = work.Values.ToArray();
        work.Run.State("exp_avg").Span.Fill(1);
        work.Run.State("exp_avg_sq").Span.Fill(1);
        work.Run.Steps = 1;
        work.Run.Step();

        double[] p = rested, m = [.. Enumerable.Repeat(1.0, 1000)], v = [.. m];
        Expect(work.Gradients, p, m, v, 2);
        Assert.Equal(p, work.Values.ToArray());
    }

    [Fact]
    public void DecayMovesWhatHasNoGradient()
    {
        using var work = new OptimizerAtWork<double>(new Adam(WeightDecay: 0.1), [1000]).Start(1);
        double[] before = work.Values.ToArray();
        work.Gradients.Clear();
        work.Run.Step();
        Assert.All(before.Zip(work.Values.ToArray()), x => Assert.True(Math.Abs(x.Second) < Math.Abs(x.First)));
    }

    /// <summary>An ε that is zero in the precision of the states: 0/0 where there was never a gradient.</summary>
    [Fact]
    public void NoEpsilonMeansNoRest()
    {
        using var work = new OptimizerAtWork<float>(new Adam(Epsilon: 1e-60), [1000]).Start(1);
        work.Gradients.Clear();
        work.Run.Step();
        Assert.All(work.Values.ToArray(), x => Assert.True(float.IsNaN(x)));
    }

    [Fact]
    public void AGradientScaleThatIsNotFiniteSpoilsAll()
    {
        using var work = new OptimizerAtWork<double>(new Adam(), [1000]).Start(1);
        work.Gradients.Clear();
        work.Run.Step(gradientScale: double.NaN);
        Assert.All(work.Values.ToArray(), x => Assert.True(double.IsNaN(x)));
    }

    static void Expect(ReadOnlySpan<double> gradients, double[] p, double[] m, double[] v, int step)
    {
        double rate = 1e-3 / (1 - Math.Pow(Beta1, step)), correction = 1 / Math.Sqrt(1 - Math.Pow(Beta2, step));
        for (int i = 0; i < p.Length; i++)
        {
            double g = gradients[i] + (0 * p[i]);
            m[i] = (Beta1 * m[i]) + ((1 - Beta1) * g);
            v[i] = (Beta2 * v[i]) + ((1 - Beta2) * g * g);
            p[i] -= rate * m[i] / ((correction * Math.Sqrt(v[i])) + 1e-8);
        }
    }
}
