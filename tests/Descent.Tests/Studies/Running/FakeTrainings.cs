using System.Globalization;
using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Studies.Running;

/// <summary>Trainings whose numbers are functions of seed and step, and which do at each step what a test asks for.</summary>
sealed class FakeTrainings : ITrialTrainings
{
    public const int StepsPerEpoch = 10;

    /// <summary>Called before each step, on the trial's thread.</summary>
    public Action<TrialSettings, long> BeforeStep { get; init; } = (_, _) => { };

    /// <summary>The step whose loss is not a number; null for none.</summary>
    public Func<TrialSettings, long?> DivergesAt { get; init; } = _ => null;

    /// <summary>The validation accuracy after an epoch.</summary>
    public Func<int, double> ValidationAccuracy { get; init; } = _ => double.NaN;

    /// <summary>The trials that took a step, once for each attempt, with the step that came first.</summary>
    public List<(ulong Seed, long FirstStep)> Attempts { get; } = [];

    /// <summary>What a trial is said to take.</summary>
    public Func<TrialSettings, TrialEstimate> Cost { get; init; } = trial => new(trial.Steps ?? trial.Epochs!.Value * StepsPerEpoch, 0);

    public TrialEstimate EstimateOf(TrialSettings trial) => Cost(trial);

    public long SharedBytes(TrialSettings trial) => 0;

    public ITrainingRun Create(TrialSettings settings, Executor executor) => new FakeTraining(this, settings);

    sealed class FakeTraining(FakeTrainings owner, TrialSettings settings) : ITrainingRun
    {
        double weight = settings.Seed;
        long step;

        public long TotalSteps { get; } = settings.Steps ?? settings.Epochs!.Value * FakeTrainings.StepsPerEpoch;

        public long StepsPerEpoch => FakeTrainings.StepsPerEpoch;

        public void Restore(Checkpoint checkpoint) =>
            (weight, step) = (checkpoint.Arrays.Single(array => array.Name == "weight").Values<double>()[0], checkpoint.Step);

        public TrainingOutcome Run(ITrainingObserver observer, CancellationToken token)
        {
            if (step == 0)
            {
                if (settings.Gauges.Count > 0)
                {
                    observer.OnGauge(new("sharpness", 0, ["sharpness", "stability_limit", "sharpness_ratio"], [3, 4, 0.75], 1));
                }

                Evaluate(observer);
            }

            bool isFirst = true;
            while (step < TotalSteps)
            {
                if (token.IsCancellationRequested)
                {
                    observer.OnCheckpoint(TakeCheckpoint());
                    return Outcome(TrainingEnd.Cancelled);
                }

                if (isFirst)
                {
                    lock (owner.Attempts)
                    {
                        owner.Attempts.Add((settings.Seed, step + 1));
                    }

                    isFirst = false;
                }

                owner.BeforeStep(settings, step + 1);
                step++;
                bool isDiverged = owner.DivergesAt(settings) == step;
                weight = isDiverged ? double.NaN : Math.Cos(weight + step);
                observer.OnStep(new StepRecord(step, (int)((step - 1) / StepsPerEpoch) + 1, weight, weight * weight) { LearningRate = 1 / weight, ClippedGradientNorm = weight / 2, MeanGradientNorm = weight / 3 });
                if (settings.Gauges.Count > 0 && step % 4 == 0 && !isDiverged)
                {
                    observer.OnGauge(new("gradients", step, ["gradient_norm.weight", "update_ratio.weight"], [weight, step == 8 ? double.NaN : 1.0 / step], 0.25));
                }

                if (isDiverged)
                {
                    return Outcome(TrainingEnd.Diverged);
                }

                bool isEpochEnd = step % StepsPerEpoch == 0;
                if (isEpochEnd)
                {
                    Evaluate(observer);
                }

                if (observer.IsCheckpointDue(step, isEpochEnd))
                {
                    observer.OnCheckpoint(TakeCheckpoint());
                }
            }

            return Outcome(TrainingEnd.Complete);
        }

        public Checkpoint TakeCheckpoint() => new(step,
            [NamedArray.Copy<double>("weight", [1], [weight]), NamedArray.Copy<double>("optimizer.momentum.weight", [1], [2 * weight])],
            new Dictionary<string, string> { ["step"] = step.ToString(CultureInfo.InvariantCulture) });

        public Checkpoint TakeWeights()
        {
            var checkpoint = TakeCheckpoint();
            return checkpoint with { Arrays = [checkpoint.Arrays[0]] };
        }

        public Checkpoint TakeWeightsWithState() => TakeCheckpoint();

        public EvaluationResult? LastTest => new(weight, [4, (int)step], [[3, 1], [(int)step - 2, 2]]);

        public IReadOnlyList<WeightDeviation> WeightDeviations() => [new("weight", 0.5)];

        public NamedArray? LastLogits() => null;

        public void Dispose()
        {
        }

        void Evaluate(ITrainingObserver observer)
        {
            int number = (int)(step / StepsPerEpoch);
            var epoch = new EpochRecord(number, step, weight, 0.5, double.NaN, owner.ValidationAccuracy(number), weight, 0.75, 0);
            observer.OnEpoch(epoch);
            if (observer.AreWeightsDue(epoch))
            {
                observer.OnWeights(epoch, observer.WantsState ? TakeWeightsWithState() : TakeWeights());
            }
        }

        TrainingOutcome Outcome(TrainingEnd end) => new(end, step, end == TrainingEnd.Diverged ? step : null,
            weight.ToString("R", CultureInfo.InvariantCulture), 0)
        {
            SkippedSteps = settings.SkipsNonFinite ? 4 : 0,
        };
    }
}
