using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>The canonical text of a trial's settings, from which its id is computed.</summary>
/// <remarks>One JSON object without blanks, keys in the order below, numbers in the shortest form that reads back to the same bits.
/// What has no value (no clipping, no schedule, no subset of the data, no images for validation) is left out; everything else is written, defaults too: a default that changes
/// in a later version then names another trial instead of changing what an old one means. A key that a later version adds must be left out
/// at the value that means "as before", so that no old trial gets a new id.</remarks>
public static class TrialSettingsJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(TrialSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("workload", settings.Workload);
            if (settings.Problem is { } problem)
            {
                json.WritePropertyName("problem");
                json.WriteRawValue(OwnProblemJson.Write(problem));
            }

            WriteAll(json, "model", LaterModelOptions.LeaveOut(settings));
            WriteText(json, "data", settings.Data);
            WriteNumber(json, "validation", settings.ValidationCount == 0 ? null : settings.ValidationCount);
            WriteText(json, "normalization", settings.Normalization);
            json.WriteString("precision", settings.Precision);
            WriteFlag(json, "augmentation", settings.IsAugmented, asBefore: true);
            WriteFlag(json, "exact", settings.IsExact, asBefore: false);
            WriteNumber(json, "epochs", settings.Epochs);
            WriteNumber(json, "steps", settings.Steps);
            json.WriteNumber("batch_size", settings.BatchSize);
            WriteNumber(json, "physical_batch", settings.PhysicalBatch);
            json.WriteString("order", settings.Order);
            WriteAll(json, StudyEvaluation.Key, settings.Evaluation);
            WriteAll(json, StudyGauges.Key, settings.Gauges);
            WriteClip(json, settings.Clip);
            WriteText(json, "non_finite", settings.SkipsNonFinite ? "skip" : null);
            json.WriteString("initialization", settings.Initialization);
            WriteText(json, "init", settings.Init?.Digest);
            WriteFlag(json, "init_except_head", settings.Init is { IsExceptHead: true }, asBefore: false);
            json.WriteString("optimizer", settings.Optimizer);
            WriteAll(json, "hyperparameters", settings.Hyperparameters);
            WriteAll(json, StudyGroups.Key, settings.Groups);
            foreach (var (key, schedule) in settings.Schedules.All)
            {
                WriteAll(json, key, schedule);
            }

            json.WriteNumber("seed", settings.Seed);
            json.WriteNumber("split_seed", settings.SplitSeed);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static TrialSettings Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        return LaterModelOptions.FillIn(new()
        {
            Workload = Text(json, "workload")!,
            Problem = json.TryGetProperty("problem", out var problem) ? OwnProblemJson.Read(problem) : null,
            Model = All(json, "model"),
            Data = Text(json, "data"),
            ValidationCount = json.TryGetProperty("validation", out var validation) ? validation.GetInt32() : 0,
            Normalization = Text(json, "normalization"),
            Precision = Text(json, "precision")!,
            IsAugmented = Flag(json, "augmentation", asBefore: true),
            IsExact = Flag(json, "exact", asBefore: false),
            Epochs = json.TryGetProperty("epochs", out var epochs) ? epochs.GetInt32() : null,
            Steps = json.TryGetProperty("steps", out var steps) ? steps.GetInt64() : null,
            BatchSize = json.GetProperty("batch_size").GetInt32(),
            PhysicalBatch = json.TryGetProperty("physical_batch", out var physical) ? physical.GetInt32() : null,
            Order = Text(json, "order")!,
            Evaluation = All(json, StudyEvaluation.Key),
            Gauges = All(json, StudyGauges.Key),
            Clip = Text(json, "clip_norm") is { } norm ? StudyClipping.ByNorm(norm) : All(json, "clip"),
            SkipsNonFinite = Text(json, "non_finite") == "skip",
            Initialization = Text(json, "initialization")!,
            Init = Text(json, "init") is { } digest ? new(null, digest, Flag(json, "init_except_head", asBefore: false)) : null,
            Optimizer = Text(json, "optimizer")!,
            Hyperparameters = All(json, "hyperparameters"),
            Groups = All(json, StudyGroups.Key),
            Schedules = StudySchedules.From(key => All(json, key)),
            Seed = json.GetProperty("seed").GetUInt64(),
            SplitSeed = json.GetProperty("split_seed").GetUInt64(),
        });
    }

    /// <summary>By the global norm under the key that it had before there were others.</summary>
    static void WriteClip(Utf8JsonWriter json, IReadOnlyList<Setting> clip)
    {
        if (StudyClipping.NormLimit(clip) is { } limit)
        {
            WriteText(json, "clip_norm", limit);
        }
        else
        {
            WriteAll(json, "clip", clip);
        }
    }

    static void WriteAll(Utf8JsonWriter json, string key, IReadOnlyList<Setting> settings)
    {
        if (settings.Count > 0)
        {
            json.WriteStartObject(key);
            foreach (var setting in settings)
            {
                WriteText(json, setting.Name, setting.Value);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Writes a text that is a number, true or false in JSON as such, any other as a string.</summary>
    static void WriteText(Utf8JsonWriter json, string key, string? value)
    {
        if (value is null)
        {
            return;
        }

        json.WritePropertyName(key);
        bool isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            && value == Hyperparameter.Text(number);
        if (isNumber || value is "true" or "false")
        {
            json.WriteRawValue(value);
        }
        else
        {
            json.WriteStringValue(value);
        }
    }

    static void WriteNumber(Utf8JsonWriter json, string key, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(key, number);
        }
    }

    static void WriteFlag(Utf8JsonWriter json, string key, bool value, bool asBefore)
    {
        if (value != asBefore)
        {
            json.WriteBoolean(key, value);
        }
    }

    static bool Flag(JsonElement json, string key, bool asBefore) => json.TryGetProperty(key, out var value) ? value.GetBoolean() : asBefore;

    static Setting[] All(JsonElement json, string key) =>
        json.TryGetProperty(key, out var all) ? [.. all.EnumerateObject().Select(x => new Setting(x.Name, Plain(x.Value)))] : [];

    static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? Plain(value) : null;

    static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
