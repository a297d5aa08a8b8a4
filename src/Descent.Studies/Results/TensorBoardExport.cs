using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Studies.Results;

/// <summary>The scalars of a study as event files of TensorBoard, a folder a trial: <c>tensorboard --logdir FOLDER</c>.</summary>
/// <remarks>Tags of steps: <c>step/loss</c>, <c>step/gradient_norm</c>, <c>step/mean_gradient_norm</c>, <c>step/learning_rate</c>; of evaluations: <c>epoch/train_loss</c>,
/// <c>epoch/train_accuracy</c> and so on for <c>validation</c> and <c>test</c>; of gauges <c>sharpness/stability_limit</c>,
/// <c>gradients/gradient_norm.fc1.weight</c> and so on; what was not measured is left out. TensorBoard keeps single precision. Times
/// are the trial's start and its wall time spread evenly over its steps: equal stores give equal files.</remarks>
public static class TensorBoardExport
{
    /// <summary>Writes into a folder, which is made where it is missing.</summary>
    /// <param name="trials">The trials to write; null for all of the study.</param>
    public static void Write(IStudyStore store, StoredStudy study, string folder, IReadOnlyList<StudyTrial>? trials = null)
    {
        trials ??= store.Trials(study.Name);
        foreach (var (trial, name) in trials.Zip(NpzExport.Names(trials)))
        {
            string run = Path.Combine(folder, string.Concat(name.Select(letter => Path.GetInvalidFileNameChars().Contains(letter) ? '_' : letter)));
            _ = Directory.CreateDirectory(run);
            // TensorBoard finds event files by this word in their names.
            using var stream = File.Create(Path.Combine(run, $"events.out.tfevents.0.{trial.Trial.Id[..Math.Min(8, trial.Trial.Id.Length)]}"));
            WriteTrial(new EventWriter(stream), store, trial.Trial);
        }
    }

    static void WriteTrial(EventWriter events, IStudyStore store, StoredTrial trial)
    {
        var steps = store.Steps(trial.Id);
        double start = (trial.StartedAt ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds() / 1000.0, length = trial.WallSeconds / Math.Max(1, steps.Count);
        events.WriteVersion(start);
        double[] rates = trial.LearningRates(steps);
        var readings = store.Gauges(trial.Id).SelectMany(gauge => gauge.Steps.SelectMany((step, i) =>
            gauge.Metrics.Select(metric => (step, Tag: $"{gauge.Gauge}/{metric.Name}", Value: metric.Values[i])))).Where(x => !double.IsNaN(x.Value)).ToLookup(x => x.step);
        var epochs = new Queue<EpochRecord>(store.Epochs(trial.Id));
        for (int step = 0; step <= steps.Count; step++)
        {
            double time = start + (length * step);
            if (step > 0)
            {
                WriteStep(events, time, step, steps, rates);
            }

            foreach (var (_, tag, value) in readings[step])
            {
                events.WriteScalar(time, step, tag, value);
            }

            while (epochs.TryPeek(out var epoch) && (epoch.Step <= step || step == steps.Count))
            {
                WriteEpoch(events, time, epochs.Dequeue());
            }
        }
    }

    static void WriteStep(EventWriter events, double time, int step, StepSeries steps, double[] rates)
    {
        events.WriteScalar(time, step, "step/loss", steps.Loss.Span[step - 1]);
        if (!steps.GradientNorm.IsEmpty)
        {
            events.WriteScalar(time, step, "step/gradient_norm", steps.GradientNorm.Span[step - 1]);
        }

        if (!steps.MeanGradientNorm.IsEmpty)
        {
            events.WriteScalar(time, step, "step/mean_gradient_norm", steps.MeanGradientNorm.Span[step - 1]);
        }

        events.WriteScalar(time, step, "step/learning_rate", rates[step - 1]);
    }

    static void WriteEpoch(EventWriter events, double time, EpochRecord epoch)
    {
        (string Name, double Value)[] values =
        [
            ("train_loss", epoch.TrainLoss), ("train_accuracy", epoch.TrainAccuracy), ("validation_loss", epoch.ValidationLoss),
            ("validation_accuracy", epoch.ValidationAccuracy), ("test_loss", epoch.TestLoss), ("test_accuracy", epoch.TestAccuracy),
        ];
        foreach (var (name, value) in values.Where(pair => !double.IsNaN(pair.Value)))
        {
            events.WriteScalar(time, epoch.Step, $"epoch/{name}", value);
        }
    }
}
