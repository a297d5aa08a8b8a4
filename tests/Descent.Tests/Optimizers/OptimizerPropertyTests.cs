using System.Numerics;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>What must hold for every rule, with its defaults and with the settings of its golden rows.</summary>
public class OptimizerPropertyTests
{
    const int Count = 50;

    public static TheoryData<string> Settings => GoldenTrajectory.AllSettings;

    public static TheoryData<string> CoordinateWise => GoldenTrajectory.CoordinateWiseSettings;

    public static TheoryData<string> Layouts => GoldenTrajectory.AllLayouts;

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
        // What moves parameters without a gradient.
        var moving = All(settings, "weight_decay").Concat(["lambda", "initial_mean"]).Select(x => (x, (object)0.0));
        using var work = AtWork<float>(GoldenTrajectory.Create(settings, [.. moving])).Start(seed: 1);
        work.Gradient = () => 0;
        float[] before = work.Values.ToArray();

        for (int step = 0; step < 5; step++)
        {
            work.Step();
        }

        Assert.Equal(before, work.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(CoordinateWise))]
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
    public void AGradientThatIsNotANumberShowsAndStays(string settings)
    {
        foreach (int place in (int[])[7, TestParameters.For(GoldenTrajectory.Create(settings)).Sum(x => x.Shape.Count) / 2])
        {
            using var broken = AtWork<float>(GoldenTrajectory.Create(settings)).Start(seed: 1).Steps(3, seed: 2);
            broken.Gradient = () =>
            {
                broken.Gradients.Fill(1);
                broken.Gradients[place] = float.NaN;
                return double.NaN;
            };
            broken.Step();
            broken.Gradient = () =>
            {
                broken.Gradients.Fill(1);
                return 0;
            };
            broken.Step();

            Assert.True(float.IsNaN(broken.Values[place]), $"{settings}: {place}");
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void StepsAfterTheFirstAllocateNothing(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var work = new OptimizerAtWork<float>(optimizer, TestParameters.LargeFor(optimizer)).Start(seed: 1);
        work.Gradient = () => 0;
        work.Gradients.Fill(0.1f);
        Assert.Equal(0, Allocated.BySteadyRuns(() => work.Step(scheduleFactor: 0.9)));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void AQuadraticIsReduced(string settings)
    {
        using var work = AtWork<double>(GoldenTrajectory.Create(settings)).Start(seed: 1);
        work.Gradient = () =>
        {
            for (int k = 0; k < work.Parameters.Count; k++)
            {
                work.Gradients[k] = Curvature(k) * work.Values[k];
            }

            return Loss(work);
        };
        double before = Loss(work);
        for (int step = 0; step < 1000; step++)
        {
            work.Step();
        }

        Assert.True(Loss(work) < 0.95 * before, $"{before} became {Loss(work)}.");

        static double Curvature(int k) => 0.5 + (0.01 * (k % 50));

        static double Loss(OptimizerAtWork<double> work)
        {
            double loss = 0;
            for (int k = 0; k < work.Parameters.Count; k++)
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
        var undecayed = All(settings, "weight_decay").Select(x => (x, (object)0.0));
        var optimizer = GoldenTrajectory.Create(settings, [.. undecayed]);
        var slower = GoldenTrajectory.Create(settings,
            [.. undecayed, .. All(settings, "learning_rate").Select(x => (x, (object)(Value(optimizer, x) / 4)))]);
        using var scaled = new OptimizerAtWork<double>(optimizer, TestParameters.For(optimizer), gradientScale: 0.5).Start(seed: 1);
        using var plain = new OptimizerAtWork<double>(slower, TestParameters.For(optimizer), gradientScale: 1).Start(seed: 1);
        scaled.Gradient = () => Sine(scaled, 1);
        plain.Gradient = () => Sine(plain, 0.5);
        for (int step = 0; step < 3; step++)
        {
            scaled.Step(scheduleFactor: 0.25);
            plain.Step();
        }

        Assert.Equal(plain.Values.ToArray(), scaled.Values.ToArray());
    }

    /// <summary>Schedules of weight decay and momentum set them in the records at work: a step does what a rule that was made with the new value does.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void AHyperparameterThatIsSetBetweenStepsActsFromThereOn(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        var numbers = OptimizerDescription.Of(optimizer)!.Hyperparameters.Select(x => x.Name).Where(x => (x is "weight_decay" or "momentum" or "beta1") && Value(optimizer, x) != 0);
        foreach (string name in numbers)
        {
            using var scheduled = AtWork<double>(GoldenTrajectory.Create(settings)).Start(seed: 1).Steps(5, seed: 2);
            using var made = AtWork<double>(GoldenTrajectory.Create(settings, (name, Value(optimizer, name) / 2)));
            Copy(scheduled, made);
            foreach (var rule in scheduled.Run.Rules)
            {
                if (OptimizerDescription.Of(rule)!.Hyperparameters.FirstOrDefault(x => x.Name == name) is { } hyperparameter
                    && (double)hyperparameter.Value(rule) == Value(optimizer, name))
                {
                    hyperparameter.Setter(rule)(Value(optimizer, name) / 2);
                }
            }

            Assert.Equal(made.Steps(5, seed: 2).Values.ToArray(), scheduled.Steps(5, seed: 2).Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void StatesAreFoundByNameAndNearNamesAreSuggested(string settings)
    {
        using var work = AtWork<float>(GoldenTrajectory.Create(settings));

        Assert.All(work.Run.StateNames, name => Assert.Equal(work.Run.State(name).Count,
            work.Run.States.Where(state => state.Name == name).Sum(state => state.Values.Count)));
        Assert.Equal(work.Run.StateNames.Count, work.Run.StateNames.Distinct().Count());
        Assert.Contains("has no state \"exp_agv\"", Assert.Throws<ArgumentException>(() => work.Run.State("exp_agv")).Message);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void TheSizeOfTheStateIsKnownBefore(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var work = AtWork<float>(optimizer);

        Assert.Equal(work.Run.States.Sum(state => state.Values.Count), OptimizerMemory.StateNumbers(optimizer, TestParameters.For(optimizer)));
    }

    static void Resume<T>(string settings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var whole = AtWork<T>(optimizer).Start(seed: 1).Steps(40, seed: 2);
        using var first = AtWork<T>(optimizer).Start(seed: 1).Steps(20, seed: 2);
        using var second = AtWork<T>(optimizer);
        Copy(first, second);
        _ = second.Steps(20, seed: 2);

        Assert.Equal(whole.Values.ToArray(), second.Values.ToArray());
    }

    /// <summary>Parameters and all that is remembered, as a checkpoint carries them.</summary>
    static void Copy<T>(OptimizerAtWork<T> first, OptimizerAtWork<T> second) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        first.Values.CopyTo(second.Values);
        foreach (var (from, to) in first.Run.States.Zip(second.Run.States))
        {
            from.Values.Span.CopyTo(to.Values.Span);
        }

        foreach (var (name, value) in first.Run.Scalars)
        {
            second.Run.Scalars[name] = value;
        }

        second.Run.Steps = first.Run.Steps;
    }

    static OptimizerAtWork<T> AtWork<T>(IOptimizer optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(optimizer, TestParameters.For(optimizer));

    static double Sine(OptimizerAtWork<double> work, double scale)
    {
        for (int k = 0; k < work.Parameters.Count; k++)
        {
            work.Gradients[k] = scale * Math.Sin(k + work.Run.Steps);
        }

        return 0;
    }

    /// <summary>The names of a rule's hyperparameters of one meaning: its own, and those of the rule that it hands parameters to.</summary>
    static IEnumerable<string> All(string settings, string meaning) => OptimizerCatalog.Default.Find(settings.Split(' ')[0])
        .Hyperparameters.Where(x => x.Type == typeof(double)).Select(x => x.Name).Where(x => x.EndsWith(meaning, StringComparison.Ordinal));

    static double Value(IOptimizer optimizer, string hyperparameter) =>
        (double)OptimizerDescription.Of(optimizer)!.Hyperparameter(hyperparameter).Value(optimizer);
}
