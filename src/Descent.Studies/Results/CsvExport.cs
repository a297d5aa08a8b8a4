using System.Globalization;
using Descent.Studies.Definition;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Studies.Results;

/// <summary>Every point of a study as one tidy table in CSV (RFC 4180): a row a step of a trial, all at full resolution.</summary>
/// <remarks>The columns are the trial (<c>study</c>, <c>trial</c>, <c>label</c>, <c>optimizer</c>, each hyperparameter that the study
/// names, <c>seed</c>, <c>state</c>), its position (<c>step</c>, <c>epoch</c>), what the step measured on its batch before the update
/// (<c>batch_loss</c>, <c>gradient_norm</c>, <c>clipped_gradient_norm</c>) and its scheduled learning rate
/// (<c>step_learning_rate</c>), and what the evaluation after it measured, where there was one. Step 0 is the evaluation
/// before the first step. Where a trial measures its parameters, <c>mean_gradient_norm</c> follows. Behind them stands what gauges have read: a column a metric, as <c>sharpness</c>, <c>gradient_norm.fc1.weight</c>, and
/// <c>gauge_seconds.sharpness</c>, what the readings cost. An empty field was not measured; <c>NaN</c>, <c>Infinity</c> are values. Numbers read back to the same bits.
/// </remarks>
public static class CsvExport
{
    static readonly string[] trialColumns = ["study", "trial", "label", "optimizer"];

    static readonly string[] pointColumns =
    [
        "seed", "state", "step", "epoch", "batch_loss", "gradient_norm", "clipped_gradient_norm", "step_learning_rate", "train_loss", "train_accuracy",
        "validation_loss", "validation_accuracy", "test_loss", "test_accuracy", "seconds",
    ];

    /// <param name="trials">The trials to write; null for all of the study.</param>
    public static void Write(IStudyStore store, StoredStudy study, TextWriter output, IReadOnlyList<StudyTrial>? trials = null)
    {
        trials ??= store.Trials(study.Name);
        string[] names = [.. trials.SelectMany(trial => trial.Told).Select(setting => setting.Name).Distinct()];
        string[] means = trials.Any(trial => StudyEvaluation.MeasuresParameters(trial.Trial.Settings.Evaluation)) ? ["mean_gradient_norm"] : [];
        string[] metrics = [.. trials.SelectMany(trial => GaugeColumns.Of(store.Gauges(trial.Trial.Id))).Select(column => column.Name).Distinct()];
        output.Write($"{string.Join(',', [.. trialColumns, .. names.Select(Field), .. pointColumns, .. means, .. metrics.Select(Field)])}\n");
        foreach (var trial in trials)
        {
            WriteTrial(store, study, trial, names, means, metrics, output);
        }
    }

    static void WriteTrial(IStudyStore store, StoredStudy study, StudyTrial trial, string[] names, string[] means, string[] metrics, TextWriter output)
    {
        var stored = trial.Trial;
        string start = string.Join(',',
        [
            Field(study.Name), stored.Id, Field(trial.Label), Field(stored.Settings.Optimizer),
            .. names.Select(name => Field(trial.Told.FirstOrDefault(setting => setting.Name == name)?.Value ?? "")),
            stored.Settings.Seed.ToString(CultureInfo.InvariantCulture), stored.State.ToString().ToLowerInvariant(),
        ]);
        var epochs = store.Epochs(stored.Id).ToDictionary(epoch => epoch.Step);
        var steps = store.Steps(stored.Id);
        var read = GaugeColumns.Of(store.Gauges(stored.Id)).ToDictionary(column => column.Name, column => column.Values);
        var (rates, clipped) = (stored.LearningRates(steps), steps.ClippedGradientNorm.IsEmpty ? steps.GradientNorm : steps.ClippedGradientNorm);
        for (int i = epochs.ContainsKey(0) ? -1 : 0; i < steps.Count; i++)
        {
            output.Write(start);
            WritePoint(output, i + 1, stored.StepsPerEpoch, i < 0 ? null : new Batch(steps.Loss.Span[i], steps.GradientNorm.Span[i], clipped.Span[i], rates[i]),
                epochs.TryGetValue(i + 1, out var epoch) ? epoch : null);
            foreach (string _ in means)
            {
                output.Write(i < 0 || steps.MeanGradientNorm.IsEmpty ? "," : $",{Measured(steps.MeanGradientNorm.Span[i])}");
            }

            foreach (string metric in metrics)
            {
                output.Write(read.TryGetValue(metric, out var values) && values.TryGetValue(i + 1, out double value) ? $",{Measured(value)}" : ",");
            }

            output.Write('\n');
        }
    }

    static void WritePoint(TextWriter output, long step, long? stepsPerEpoch, Batch? batch, EpochRecord? epoch)
    {
        double? position = stepsPerEpoch is { } perEpoch ? (double)step / perEpoch : null;
        output.Write(string.Create(CultureInfo.InvariantCulture, $",{step},{position:R},{batch?.Loss:R},{batch?.Norm:R},{batch?.Clipped:R},{batch?.LearningRate:R}"));
        if (epoch is { } measured)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $",{Measured(measured.TrainLoss)},{Measured(measured.TrainAccuracy)},{Measured(measured.ValidationLoss)}"));
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $",{Measured(measured.ValidationAccuracy)},{Measured(measured.TestLoss)},{Measured(measured.TestAccuracy)}"));
            output.Write(string.Create(CultureInfo.InvariantCulture, $",{measured.Seconds:R}"));
        }
        else
        {
            output.Write(",,,,,,,");
        }
    }

    readonly record struct Batch(double Loss, double Norm, double Clipped, double LearningRate);

    static string Measured(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    static string Field(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
