using Descent.Formats;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Studies.Results;

/// <summary>The histories of a study's trials as one NPZ file, which <c>numpy.load</c> reads.</summary>
/// <remarks>The arrays of a trial are called by its settings: <c>f["adam learning_rate=0.001 seed 0/loss"]</c>. One number a step: <c>loss</c>,
/// <c>gradient_norm</c>, <c>clipped_gradient_norm</c>, <c>learning_rate</c>, and <c>mean_gradient_norm</c> where
/// it was measured; index 0 is step 1. One number an evaluation: <c>epoch_step</c> (0 before the first
/// step), <c>train_loss</c>, <c>train_accuracy</c>, <c>validation_loss</c>, <c>validation_accuracy</c>, <c>test_loss</c>, <c>test_accuracy</c>, <c>seconds</c>. Of a gauge one number a reading: <c>gauges/sharpness/step</c>,
/// <c>gauges/sharpness/sharpness</c>, …, <c>gauges/sharpness/seconds</c>. What was not measured is NaN.</remarks>
public static class NpzExport
{
    /// <param name="trials">The trials to write; null for all of the study.</param>
    public static void Write(IStudyStore store, StoredStudy study, Stream output, IReadOnlyList<StudyTrial>? trials = null)
    {
        trials ??= store.Trials(study.Name);
        var names = Names(trials);
        using var buffered = new MemoryStream();
        NpzFile.Write(buffered, [.. trials.Zip(names).SelectMany(pair => Arrays(store, pair.First.Trial, pair.Second))]);
        buffered.WriteTo(output);
    }

    /// <summary>What files and arrays call trials: label, named hyperparameters and seed, with the id where that is not enough.</summary>
    internal static IReadOnlyList<string> Names(IReadOnlyList<StudyTrial> trials)
    {
        var plain = trials.Select(trial => string.Join(' ',
            [trial.Label, .. trial.Told.Select(setting => $"{setting.Name}={setting.Value}"), $"seed {trial.Trial.Settings.Seed}"]).Replace('/', '_')).ToList();
        var several = plain.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        return [.. plain.Zip(trials, (name, trial) => several.Contains(name) ? $"{name} {trial.Trial.Id}" : name)];
    }

    static IEnumerable<NamedArray> Arrays(IStudyStore store, StoredTrial trial, string name)
    {
        var steps = store.Steps(trial.Id);
        yield return Steps("loss", steps.Loss.Span);
        yield return Steps("gradient_norm", steps.GradientNorm.Span);
        yield return Steps("clipped_gradient_norm", (steps.ClippedGradientNorm.IsEmpty ? steps.GradientNorm : steps.ClippedGradientNorm).Span);
        yield return Steps("learning_rate", trial.LearningRates(steps));
        if (!steps.MeanGradientNorm.IsEmpty)
        {
            yield return Steps("mean_gradient_norm", steps.MeanGradientNorm.Span);
        }

        var epochs = store.Epochs(trial.Id);
        yield return NamedArray.Copy<long>($"{name}/epoch_step", [epochs.Count], epochs.Select(epoch => epoch.Step).ToArray());
        yield return Epochs("train_loss", epoch => epoch.TrainLoss);
        yield return Epochs("train_accuracy", epoch => epoch.TrainAccuracy);
        yield return Epochs("validation_loss", epoch => epoch.ValidationLoss);
        yield return Epochs("validation_accuracy", epoch => epoch.ValidationAccuracy);
        yield return Epochs("test_loss", epoch => epoch.TestLoss);
        yield return Epochs("test_accuracy", epoch => epoch.TestAccuracy);
        yield return Epochs("seconds", epoch => epoch.Seconds);
        foreach (var gauge in store.Gauges(trial.Id))
        {
            yield return NamedArray.Copy<long>($"{name}/gauges/{gauge.Gauge}/step", [gauge.Steps.Count], gauge.Steps.ToArray());
            foreach (var metric in gauge.Metrics.Append(new("seconds", gauge.Seconds)))
            {
                yield return NamedArray.Copy<double>($"{name}/gauges/{gauge.Gauge}/{metric.Name}", [metric.Values.Count], metric.Values.ToArray());
            }
        }

        NamedArray Steps(string column, ReadOnlySpan<double> values) => NamedArray.Copy($"{name}/{column}", [values.Length], values);

        NamedArray Epochs(string column, Func<EpochRecord, double> value) =>
            NamedArray.Copy<double>($"{name}/{column}", [epochs.Count], epochs.Select(value).ToArray());
    }
}
