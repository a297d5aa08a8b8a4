using System.Numerics;

namespace Descent.Tests.Optimizers;

/// <summary>What must hold for every rule, with its defaults and with the settings of its golden rows.</summary>
public class OptimizerPropertyTests
{
    const int Count = 50;

    public static TheoryData<string> Settings => GoldenTrajectory.AllSettings;

    [Theory]
    [MemberData(nameof(Settings))]
    public void ARunThatIsInterruptedGoesOnToTheSameBits(string settings)
    {
        Resume<float>(settings);
        Resume<double>(settings);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void WithoutGradientAndDecayNothingMoves(string settings)
    {
        using var work = new OptimizerAtWork<float>(GoldenTrajectory.Create(settings, ("weight_decay", 0.0)), [Count]).Start(seed: 1);
        float[] before = work.Values.ToArray();

        for (int step = 0; step < 5; step++)
        {
            work.Run.Step();
        }

        Assert.Equal(before, work.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AGradientThatIsNotANumberShowsInItsParameterAlone(string settings)
    {
        using var work = new OptimizerAtWork<float>(GoldenTrajectory.Create(settings), [Count]).Start(seed: 1).Steps(3, seed: 2);
        work.Gradients[7] = float.NaN;
        work.Gradients[Count - 1] = float.NaN;
        work.Run.Step();

        // It stays, so that a run cannot look sound again.
        work.Gradients.Fill(1);
        work.Run.Step();

        for (int k = 0; k < Count; k++)
        {
            Assert.Equal(k is 7 or Count - 1, float.IsNaN(work.Values[k]));
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void StepsAfterTheFirstAllocateNothing(string settings)
    {
        using var work = new OptimizerAtWork<float>(GoldenTrajectory.Create(settings), [100_003]);
        work.Gradients.Fill(0.1f);
        Assert.Equal(0, Allocated.BySteadyRuns(() => work.Run.Step(scheduleFactor: 0.9, gradientScale: 0.5)));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AQuadraticIsReduced(string settings)
    {
        using var work = new OptimizerAtWork<double>(GoldenTrajectory.Create(settings), [Count]).Start(seed: 1);
        double before = Loss(work);
        for (int step = 0; step < 1000; step++)
        {
            for (int k = 0; k < Count; k++)
            {
                work.Gradients[k] = Curvature(k) * work.Values[k];
            }

            work.Run.Step();
        }

        Assert.True(Loss(work) < 0.9 * before, $"{before} became {Loss(work)}.");

        static double Curvature(int k) => 0.5 + (0.01 * k);

        static double Loss(OptimizerAtWork<double> work)
        {
            double loss = 0;
            for (int k = 0; k < Count; k++)
            {
                loss += 0.5 * Curvature(k) * work.Values[k] * work.Values[k];
            }

            return loss;
        }
    }

    /// <summary>The two factors that training hands in: of the schedule, on the learning rate; of clipping, on the gradient.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void FactorsActOnLearningRateAndGradient(string settings)
    {
        // Decay may follow the schedule without the learning rate.
        double rate = GoldenTrajectory.Create(settings).LearningRate;
        var undecayed = GoldenTrajectory.Create(settings, ("weight_decay", 0.0));
        using var scaled = new OptimizerAtWork<double>(undecayed, [Count]).Start(seed: 1);
        var slower = GoldenTrajectory.Create(settings, ("weight_decay", 0.0), ("learning_rate", rate / 4));
        using var plain = new OptimizerAtWork<double>(slower, [Count]).Start(seed: 1);
        for (int step = 0; step < 3; step++)
        {
            for (int k = 0; k < Count; k++)
            {
                scaled.Gradients[k] = Math.Sin(k + step);
                plain.Gradients[k] = 0.5 * Math.Sin(k + step);
            }

            scaled.Run.Step(scheduleFactor: 0.25, gradientScale: 0.5);
            plain.Run.Step();
        }

        Assert.Equal(plain.Values.ToArray(), scaled.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void StatesAreFoundByNameAndNearNamesAreSuggested(string settings)
    {
        using var work = new OptimizerAtWork<float>(GoldenTrajectory.Create(settings), [Count]);

        Assert.All(work.Run.StateNames, name => Assert.Equal(Count, work.Run.State(name).Count));
        Assert.Equal(work.Run.StateNames.Count, work.Run.StateNames.Distinct().Count());
        Assert.Contains("has no state \"exp_agv\"", Assert.Throws<ArgumentException>(() => work.Run.State("exp_agv")).Message);
    }

    static void Resume<T>(string settings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var whole = new OptimizerAtWork<T>(optimizer, [Count]).Start(seed: 1).Steps(40, seed: 2);
        using var first = new OptimizerAtWork<T>(optimizer, [Count]).Start(seed: 1).Steps(20, seed: 2);
        using var second = new OptimizerAtWork<T>(optimizer, [Count]);
        first.Values.CopyTo(second.Values);
        foreach (string name in first.Run.StateNames)
        {
            first.Run.State(name).Span.CopyTo(second.Run.State(name).Span);
        }

        second.Run.Steps = first.Run.Steps;
        _ = second.Steps(20, seed: 2);

        Assert.Equal(whole.Values.ToArray(), second.Values.ToArray());
    }
}
