using Descent.Optimizers;
using Descent.Schedules;

namespace Descent.Training;

/// <summary>The schedules of a training at work on a copy of its optimizer.</summary>
sealed class TrainingSchedules
{
    readonly List<(string Key, ScheduleRun Run, Action<double>? Apply)> runs = [];
    readonly long totalSteps, stepsPerEpoch;
    readonly ScheduleRun? learningRate;

    /// <exception cref="BadInputException">The rule lacks what a schedule is for, or a scheduled value is not allowed.</exception>
    public TrainingSchedules(TrainingSettings settings, long totalSteps, long stepsPerEpoch)
    {
        (this.totalSteps, this.stepsPerEpoch) = (totalSteps, stepsPerEpoch);
        Optimizer = settings.Optimizer;
        if (settings.Schedule is { } plan)
        {
            learningRate = new ScheduleRun(plan, totalSteps, stepsPerEpoch);
            runs.Add((ScheduleTarget.LearningRate, learningRate, null));
        }

        if (settings.WeightDecaySchedule is not null || settings.MomentumSchedule is not null)
        {
            var rule = OptimizerDescription.Of(Optimizer.GetType())
                ?? throw new ArgumentException($"{Optimizer.GetType().Name} is not marked as an optimizer of a catalog.");
            Optimizer = rule.Create(rule.Values(Optimizer).ToDictionary());
            Add(rule, ScheduleTarget.WeightDecay, settings.WeightDecaySchedule);
            Add(rule, ScheduleTarget.Momentum, settings.MomentumSchedule);
        }
    }

    /// <summary>The optimizer to train with: a copy where its hyperparameters are scheduled.</summary>
    public IOptimizer Optimizer { get; }

    /// <exception cref="BadInputException">A schedule watches what these data do not give.</exception>
    public void RequireMeasured(TrainingData data)
    {
        var monitors = runs.Select(x => x.Run.Monitor).OfType<string>();
        if (data.Validation.Count == 0 && monitors.FirstOrDefault(x => x.StartsWith("validation", StringComparison.Ordinal)) is { } monitor)
        {
            throw new BadInputException($"reduce-on-plateau watches {monitor}, but no images are set apart for validation: "
                + "say how many (validation: 5000), or watch train_loss (monitor: train_loss).");
        }
    }

    /// <summary>Sets what is scheduled for a step, and returns what the learning rate is multiplied by.</summary>
    /// <param name="step">Steps taken before it.</param>
    public double Apply(long step)
    {
        foreach (var (_, run, apply) in runs)
        {
            apply?.Invoke(run.Factor(step));
        }

        return learningRate?.Factor(step) ?? 1;
    }

    /// <summary>Tells those that watch what an epoch measured; the evaluation before the first step is none.</summary>
    public void Observe(in EpochRecord epoch)
    {
        if (epoch.Step == 0)
        {
            return;
        }

        foreach (var (_, run, _) in runs)
        {
            if (run.Monitor is { } monitor)
            {
                run.Observe(Measured(epoch, monitor));
            }
        }
    }

    /// <summary>What those that watch remember, for a checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, string>> Save() => runs.Where(x => x.Run.Plateau is not null)
        .Select(x => KeyValuePair.Create(x.Key, x.Run.Plateau!.Value.ToText()));

    /// <exception cref="BadInputException">The checkpoint lacks what a schedule remembers.</exception>
    public void Restore(IReadOnlyDictionary<string, string> saved)
    {
        foreach (var (key, run, _) in runs.Where(x => x.Run.Plateau is not null))
        {
            run.Plateau = PlateauState.Parse(saved.GetValueOrDefault(key) ?? throw new BadInputException($"The checkpoint does not say its {key}."));
        }
    }

    internal static double Measured(in EpochRecord epoch, string monitor) => monitor switch
    {
        "validation_loss" => epoch.ValidationLoss,
        "validation_accuracy" => epoch.ValidationAccuracy,
        "train_loss" => epoch.TrainLoss,
        "train_accuracy" => epoch.TrainAccuracy,
        _ => throw new ArgumentException($"An epoch does not measure {monitor}."),
    };

    void Add(OptimizerDescription rule, string key, SchedulePlan? plan)
    {
        if (plan is null)
        {
            return;
        }

        var hyperparameter = ScheduleTarget.Find(key, rule, Optimizer);
        double full = (double)hyperparameter.Value(Optimizer);
        var run = new ScheduleRun(plan, totalSteps, stepsPerEpoch);
        for (long step = 0; step < totalSteps; step++)
        {
            // Factors above 1 may lead out of the range; better known now than hours later.
            hyperparameter.Check(full * run.Factor(step));
        }

        var set = hyperparameter.Setter(Optimizer);
        runs.Add((key, run, factor => set(full * factor)));
    }
}
