using Descent.Optimizers;
using Descent.Schedules;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>Sweeps the learning rate over fresh trainings.</summary>
public sealed record SweepRun
{
    /// <summary>A loss of so many times the least has blown up, as in Gugger's rule.</summary>
    const double BlownUp = 4;

    /// <summary>Losses of the first steps tell nothing yet.</summary>
    const int Quiet = 10;

    const string LearningRate = "learning_rate";

    /// <summary>What is trained; learning rate, schedule, steps and seed are the sweep's.</summary>
    public required TrainingSettings Training { get; init; }

    public required TrainingData Data { get; init; }

    /// <summary>float32 or float64.</summary>
    public required string Precision { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>The rate of the first step; positive.</summary>
    public double From { get; init; } = 1e-6;

    /// <summary>That of the last step; above <see cref="From"/>.</summary>
    public double To { get; init; } = 10;

    /// <summary>At least 10.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>How much of the mean is kept at each step; in [0, 1).</summary>
    public double Smoothing { get; init; } = 0.9;

    /// <summary>Told of each step; null where nobody asks.</summary>
    public AnalysisProgress? Progress { get; init; }

    /// <exception cref="BadInputException">A setting does not go with the data, or the rule has no learning rate.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LearningRateSweep Find(Executor executor, TimeProvider time, CancellationToken token)
    {
        Progress?.Begin("steps", (long)Seeds.Count * Steps);
        List<SweepSeed> seeds = [.. Seeds.Select((seed, i) =>
        {
            // One that blew up has left steps out.
            Progress?.Reach((long)i * Steps);
            return Sweep(seed, executor, time, token);
        })];
        int count = seeds.Min(x => x.Smoothed.Count);
        return count > 2 ? new(seeds, [.. seeds[0].Rates.Take(count)], [.. Enumerable.Range(0, count).Select(i => seeds.Average(x => x.Smoothed[i]))])
            : throw new BadInputException(FormattableString.Invariant($"The loss is not finite from the first steps on, at learning rates from {From}: begin lower (--from)."));
    }

    SweepSeed Sweep(ulong seed, Executor executor, TimeProvider time, CancellationToken token)
    {
        var rule = OptimizerDescription.Of(Training.Optimizer) ?? throw new ArgumentException("The optimizer is not marked as one of a catalog.");
        var values = rule.Values(Training.Optimizer).ToDictionary();
        values[LearningRate] = values.ContainsKey(LearningRate) ? From
            : throw new BadInputException($"{rule.Name} has no learning rate that could be swept.");
        var settings = Training with
        {
            Optimizer = rule.Create(values),
            Schedule = new SchedulePlan(new ExponentialDecay(Steps - 1, To / From), 0, "step"),
            Steps = Steps,
            Seed = seed,
            EvaluateEvery = long.MaxValue,
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var run = TrainingRun.Create(settings, Data, Precision, executor, time);
        var told = new Observer(Smoothing, stop, Progress);
        var outcome = run.Run(told, stop.Token);
        token.ThrowIfCancellationRequested();
        return new(seed, told.Rates, told.Losses, told.Smoothed, outcome.End != TrainingEnd.Complete);
    }

    sealed class Observer(double kept, CancellationTokenSource stop, AnalysisProgress? progress) : ITrainingObserver
    {
        double mean, least = double.PositiveInfinity, weight = 1;

        public List<double> Rates { get; } = [];

        public List<double> Losses { get; } = [];

        public List<double> Smoothed { get; } = [];

        public void OnStep(in StepRecord step)
        {
            progress?.Count();
            if (!double.IsFinite(step.Loss) || stop.IsCancellationRequested)
            {
                return;
            }

            (mean, weight) = ((kept * mean) + ((1 - kept) * step.Loss), weight * kept);
            double smoothed = mean / (1 - weight);
            Rates.Add(step.LearningRate);
            Losses.Add(step.Loss);
            Smoothed.Add(smoothed);
            least = Math.Min(least, smoothed);
            if (Losses.Count > Quiet && smoothed > BlownUp * least)
            {
                stop.Cancel();
            }
        }

        public void OnEpoch(in EpochRecord epoch)
        {
        }
    }
}
