namespace Descent.Studies.Statistics;

/// <summary>What is known of one trial, raw: everything that summaries and reports say is computed from these.</summary>
public sealed record TrialResult
{
    StepSeries? steps;
    IReadOnlyList<GaugeSeries>? gauges;
    TrialCost? cost;

    /// <summary>The trial's id, a hexadecimal hash.</summary>
    public required string Id { get; init; }

    /// <summary>The optimizer's label in the study: its name, or a name of its own where a study has several lines of one
    /// optimizer.</summary>
    public required string Optimizer { get; init; }

    /// <summary>What distinguishes trials of this study, in the study's order and without the seed: optimizer, hyperparameters, schedule.
    /// Trials whose label and settings are equal are the seeds of one setting.</summary>
    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>What stands in the place of the accuracy: itself, or R² where numbers are told.</summary>
    public string Metric { get; init; } = MetricName.Accuracy;

    public required ulong Seed { get; init; }

    /// <summary>The rule's name, as in <c>descent list optimizers</c>.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Everything that determines its numbers, as study files name it: what distinguishes the trial, all its hyperparameters, and what all
    /// trials share.</summary>
    public IReadOnlyList<Setting> AllSettings { get; init; } = [];

    public required TrialState State { get; init; }

    /// <summary>The step at which the trial ended before its time: the step whose loss was not finite, the step where it was
    /// pruned.</summary>
    public long? StoppedAtStep { get; init; }

    /// <summary>Steps that were left out because loss or gradient was not finite.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Why a trial failed or was pruned, one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>What was recorded at its steps, read when it is asked for: a study may hold more than fits into memory.</summary>
    public StepSeries Steps { get => steps ??= ReadSteps(); init => steps = value; }

    public Func<StepSeries> ReadSteps { private get; init; } = () => StepSeries.Empty;

    /// <summary>What its gauges read, read when it is asked for; empty where there were none.</summary>
    public IReadOnlyList<GaugeSeries> Gauges => gauges ??= ReadGauges();

    public Func<IReadOnlyList<GaugeSeries>> ReadGauges
    {
        private get;
        init
        {
            field = value;

            // A copy of a trial whose gauges were read has them, too.
            gauges = null;
        }
    } = () => [];

    /// <summary>How many images of class i [row] of the test split were taken for class j [column] after the last step; null where it was not
    /// stored.</summary>
    public Func<IReadOnlyList<IReadOnlyList<int>>?> ReadConfusion { get; init; } = () => null;

    /// <summary>How widely the values of each weight scatter before the first step, in the model's order; empty where it was not measured.</summary>
    public IReadOnlyList<(string Name, double Deviation)> InitialWeights { get; init; } = [];

    /// <summary>The evaluations in ascending order; the first one is epoch 0.</summary>
    public IReadOnlyList<EpochPoint> Epochs { get; init; } = [];

    /// <summary>Test accuracy after the last step, from 0 to 1; null when there is none.</summary>
    public double? FinalTestAccuracy { get; init; }

    /// <summary>The highest test accuracy of all evaluations, from 0 to 1.</summary>
    public double? BestTestAccuracy { get; init; }

    /// <summary>Steps taken when an evaluation met the target for the first time; null when none did.</summary>
    public long? StepsToTarget { get; init; }

    /// <summary>Wall time of training.</summary>
    public double? Seconds { get; init; }

    /// <summary>Wall time from start to end, evaluations and gauges among it.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>Time of the processors spent on the trial: unlike wall time, independent of how many trials ran beside it.</summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary>How many trials of the same process ran beside it, the mean over its time; null where that is not known.</summary>
    public double? TrialsBeside { get; init; }

    /// <summary>What it took from its start to its end, in gradients: see <see cref="TrialCost.Gradients"/>; null where that was not kept.</summary>
    public double? Gradients { get; init; }

    /// <summary>What its steps cost; null where that is not known.</summary>
    public TrialCost? Cost => cost ??= ReadCost();

    public Func<TrialCost?> ReadCost { private get; init; } = () => null;

    public RunEnvironment? Environment { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ended by itself, so that the trial says something of its optimizer: complete, pruned or diverged.</summary>
    public bool IsResult => State is TrialState.Complete or TrialState.Pruned or TrialState.Diverged;

    /// <summary><see cref="StepsToTarget"/> in epochs, by interpolation between the evaluations around it.</summary>
    public double? EpochsToTarget
    {
        get
        {
            if (StepsToTarget is not { } steps)
            {
                return null;
            }

            for (int i = 0; i < Epochs.Count; i++)
            {
                if (Epochs[i].Step >= steps)
                {
                    var (after, before) = (Epochs[i], i == 0 ? default : Epochs[i - 1]);
                    return after.Step == steps
                        ? after.Epoch
                        : before.Epoch + ((after.Epoch - before.Epoch) * (steps - before.Step) / (after.Step - before.Step));
                }
            }

            return null;
        }
    }
}
