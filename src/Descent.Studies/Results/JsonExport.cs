using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>A study with everything that is stored of it as one JSON object, all points at full resolution.</summary>
/// <remarks>Steps are columns (<c>steps.loss[i]</c> belongs to step i + 1), evaluations are objects; <c>gauges.sharpness.sharpness[i]</c> belongs to the step
/// <c>gauges.sharpness.step[i]</c>. JSON knows no infinity and no NaN:
/// such values are null; what they mean stands in <c>state</c> and <c>diverged_at_step</c>. All other numbers read back to the same
/// bits.</remarks>
public static class JsonExport
{
    static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="trials">The trials to write; null for all of the study.</param>
    public static void Write(IStudyStore store, StoredStudy study, Stream output, IReadOnlyList<StudyTrial>? trials = null)
    {
        using var json = new Utf8JsonWriter(output, options);
        json.WriteStartObject();
        json.WriteString("study", study.Name);
        json.WriteString("question", study.Question);
        json.WriteString("workload", study.Workload);
        WriteNumber(json, "target", study.Target);
        json.WriteString("definition", study.Definition);
        json.WriteStartArray("trials");
        foreach (var trial in trials ?? store.Trials(study.Name))
        {
            WriteTrial(json, store, trial);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTrial(Utf8JsonWriter json, IStudyStore store, StudyTrial trial)
    {
        var stored = trial.Trial;
        json.WriteStartObject();
        json.WriteString("trial", stored.Id);
        json.WriteString("label", trial.Label);
        json.WriteStartObject("named_hyperparameters");
        foreach (var setting in trial.Told)
        {
            json.WriteString(setting.Name, setting.Value);
        }

        json.WriteEndObject();
        json.WritePropertyName("settings");
        json.WriteRawValue(stored.Settings.Json);
        json.WriteString("state", stored.State.ToString().ToLowerInvariant());
        json.WriteString("reason", stored.Reason);
        WriteWhole(json, "diverged_at_step", stored.DivergedAtStep);
        json.WriteNumber("steps_taken", stored.Steps);
        json.WriteNumber("skipped_steps", stored.SkippedSteps);
        WriteWhole(json, "steps_per_epoch", stored.StepsPerEpoch);
        json.WriteString("parameters_hash", stored.ParametersHash);
        WritePlace(json, stored);
        WriteConfusion(json, store.Confusion(stored.Id));
        WriteEpochs(json, store, stored);
        WriteSteps(json, stored, store.Steps(stored.Id));
        WriteGauges(json, store.Gauges(stored.Id));
        json.WriteEndObject();
    }

    static void WritePlace(Utf8JsonWriter json, StoredTrial trial)
    {
        json.WriteNumber("attempts", trial.Attempts);
        json.WriteString("started_at", Text(trial.StartedAt));
        json.WriteString("ended_at", Text(trial.EndedAt));
        json.WriteNumber("wall_seconds", trial.WallSeconds);
        json.WriteNumber("processor_seconds", trial.ProcessorSeconds);
        json.WriteNumber("trials_beside", trial.TrialsBeside);
        if (trial.Environment is { } place)
        {
            json.WriteStartObject("environment");
            json.WriteString("machine", place.Machine);
            json.WriteString("processor", place.Processor);
            json.WriteString("system", place.System);
            json.WriteNumber("cores", place.Cores);
            json.WriteNumber("vector_bits", place.VectorBits);
            json.WriteString("runtime", place.Runtime);
            json.WriteString("version", place.Version);
            json.WriteString("build", place.Build);
            json.WriteEndObject();
        }
    }

    /// <summary>A row for each true class, a column for each predicted one, of the test split after the last step; null where it is not stored.</summary>
    static void WriteConfusion(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<int>>? confusion)
    {
        json.WritePropertyName("confusion_matrix");
        JsonSerializer.Serialize(json, confusion);
    }

    static void WriteEpochs(Utf8JsonWriter json, IStudyStore store, StoredTrial trial)
    {
        json.WriteStartArray("epochs");
        foreach (var epoch in store.Epochs(trial.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("step", epoch.Step);
            WriteNumber(json, "epoch", trial.StepsPerEpoch is { } steps ? (double)epoch.Step / steps : null);
            WriteNumber(json, "train_loss", epoch.TrainLoss);
            WriteNumber(json, "train_accuracy", epoch.TrainAccuracy);
            WriteNumber(json, "validation_loss", epoch.ValidationLoss);
            WriteNumber(json, "validation_accuracy", epoch.ValidationAccuracy);
            WriteNumber(json, "test_loss", epoch.TestLoss);
            WriteNumber(json, "test_accuracy", epoch.TestAccuracy);
            json.WriteNumber("seconds", epoch.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteSteps(Utf8JsonWriter json, StoredTrial trial, StepSeries steps)
    {
        json.WriteStartObject("steps");
        WriteColumn(json, "loss", steps.Loss.Span);
        WriteColumn(json, "gradient_norm", steps.GradientNorm.Span);
        WriteColumn(json, "clipped_gradient_norm", (steps.ClippedGradientNorm.IsEmpty ? steps.GradientNorm : steps.ClippedGradientNorm).Span);
        WriteColumn(json, "learning_rate", trial.LearningRates(steps));
        if (!steps.MeanGradientNorm.IsEmpty)
        {
            WriteColumn(json, "mean_gradient_norm", steps.MeanGradientNorm.Span);
        }

        json.WriteEndObject();
    }

    static void WriteGauges(Utf8JsonWriter json, IReadOnlyList<GaugeSeries> gauges)
    {
        json.WriteStartObject("gauges");
        foreach (var gauge in gauges)
        {
            json.WriteStartObject(gauge.Gauge);
            json.WritePropertyName("step");
            JsonSerializer.Serialize(json, gauge.Steps);
            foreach (var metric in gauge.Metrics)
            {
                WriteColumn(json, metric.Name, [.. metric.Values]);
            }

            WriteColumn(json, "seconds", [.. gauge.Seconds]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void WriteColumn(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    static void WriteWhole(Utf8JsonWriter json, string name, long? value) => WriteNumber(json, name, value);

    static string? Text(DateTimeOffset? date) => date?.ToString("O", CultureInfo.InvariantCulture);
}
