using System.Numerics;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class StateFlushTests
{
    const int Count = 1000;

    /// <summary>One gradient, then none: β₁ᵗ passes 1e-45 after a thousand steps, 1e-324 after seven thousand, and would stay at the fourth
    /// smallest number.</summary>
    [Fact]
    public void AMeanThatNothingFeedsBecomesZero()
    {
        Assert.All(MeanAfter<float>(1280), x => Assert.Equal(0, x));
        Assert.All(MeanAfter<double>(7424), x => Assert.Equal(0, x));
    }

    [Fact]
    public void NormalNumbersKeepTheirBits()
    {
        double expected = 0.1;
        for (int step = 1; step < 512; step++)
        {
            expected *= 0.9;
        }

        Assert.All(MeanAfter<double>(512), x => Assert.Equal(expected, x, expected * 1e-13));
        Assert.All(MeanAfter<float>(512), x => Assert.Equal(expected, x, expected * 1e-4));
        Assert.All(MeanAfter<float>(768), x => Assert.True(x > 0));
    }

    /// <summary>Between two passes, so that the number of steps must be right after the stop.</summary>
    [Fact]
    public void AnInterruptedRunHasItsPassesAtTheSameSteps()
    {
        using var whole = Started(900);
        using var first = Started(840);
        using var second = new OptimizerAtWork<float>(new Adam(Beta2: 0.9), [Count]);
        first.Values.CopyTo(second.Values);
        foreach (string name in first.Run.StateNames)
        {
            first.Run.State(name).Span.CopyTo(second.Run.State(name).Span);
        }

        second.Run.Steps = 840;
        Go(second, 60);

        Assert.Equal(whole.Run.State("exp_avg").Span.ToArray(), second.Run.State("exp_avg").Span.ToArray());
        Assert.Equal(whole.Run.State("exp_avg_sq").Span.ToArray(), second.Run.State("exp_avg_sq").Span.ToArray());
    }

    static OptimizerAtWork<float> Started(int steps)
    {
        var work = new OptimizerAtWork<float>(new Adam(Beta2: 0.9), [Count]);
        work.Gradients.Fill(1);
        work.Run.Step();
        Go(work, steps - 1);
        return work;
    }

    static void Go<T>(OptimizerAtWork<T> work, int steps) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        work.Gradients.Clear();
        for (int step = 0; step < steps; step++)
        {
            work.Run.Step();
        }
    }

    static IEnumerable<double> MeanAfter<T>(int steps) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var work = new OptimizerAtWork<T>(new Adam(), [Count]);
        work.Gradients.Fill(T.One);
        work.Run.Step();
        Go(work, steps - 1);
        return [.. work.Run.State("exp_avg").Span.ToArray().Select(double.CreateTruncating)];
    }
}
