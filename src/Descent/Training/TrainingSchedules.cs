using Descent.Optimizers;
using Descent.Schedules;

namespace Descent.Training;

/// <summary>The schedules of a training at work on a copy of its optimizer.</summary>
sealed class TrainingSchedules
{
    readonly List<(string Key, ScheduleRun Run)> runs = [];
    readonly List<(ScheduleRun Run, string Name)> targets = [];
    readonly List<(ScheduleRun Run, double Full, Action<double> Set)> settings = [];
    readonly long totalSteps, stepsPerEpoch;
    readonly ScheduleRun? learningRate;

    /// <exception cref="BadInputException">The rule lacks what a schedule is for, or a scheduled value is not allowed.</exception>
    public TrainingSchedules(TrainingSettings training, long totalSteps, long stepsPerEpoch)
    {
        (this.totalSteps, this.stepsPerEpoch) = (totalSteps, stepsPerEpoch);
        Optimizer = training.Optimizer;
        if (training.Schedule is { } plan)
        {
            learningRate = new ScheduleRun(plan, totalSteps, stepsPerEpoch);
            runs.Add((ScheduleTarget.LearningRate, learningRate));
        }

        if (training.WeightDecaySchedule is not null || training.MomentumSchedule is not null)
        {
            var rule = OptimizerDescription.Of(Optimizer)
                ?? throw new ArgumentException($"{Optimizer.GetType().Name} is not marked as an optimizer of a catalog.");
            Optimizer = rule.Create(rule.Values(Optimizer).ToDictionary());
            Add(rule, ScheduleTarget.WeightDecay, training.WeightDecaySchedule);
            Add(rule, ScheduleTarget.Momentum, training.MomentumSchedule);
        }
    }

    /// <summary>The optimizer to train with: a copy where its hyperparameters are scheduled.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Says which records move the parameters: groups of parameters, and rules that others hand parameters to, have records of their own.</summary>
    /// <exception cref="BadInputException">A scheduled value is not allowed.</exception>
    public void Bind(IReadOnlyList<IOptimizer> rules)
    {
        foreach (var (run, name) in targets)
        {
            foreach (var rule in rules.Where(x => x is not IWrappingOptimizer))
            {
                if (OptimizerDescription.Of(rule)?.Hyperparameters.FirstOrDefault(x => x.Name == name) is { } hyperparameter)
                {
                    double full = (double)hyperparameter.Value(rule);
                    RequireRange(hyperparameter, full, run);
                    settings.Add((run, full, hyperparameter.Setter(rule)));
                }
            }
        }
    }

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
        foreach (var (run, full, set) in settings)
        {
            set(full * run.Factor(step));
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

        foreach (var (_, run) in runs)
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
        foreach (var (key, run) in runs.Where(x => x.Run.Plateau is not null))
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
        RequireRange(hyperparameter, full, run);
        runs.Add((key, run));
        targets.Add((run, hyperparameter.Name));
    }

    /// <summary>Factors above 1 may lead out of the range; better known now than hours later.</summary>
    void RequireRange(Hyperparameter hyperparameter, double full, ScheduleRun run)
    {
        for (long step = 0; step < totalSteps; step++)
        {
            hyperparameter.Check(full * run.Factor(step));
        }
    }
}
