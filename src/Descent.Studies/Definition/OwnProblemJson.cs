using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Descent.Data;
using Descent.Data.Own;
using Descent.Models;
using Descent.Workloads.Own;

namespace Descent.Studies.Definition;

/// <summary>The canonical text of a user's own problem: everything that decides numbers, so not where the data lie. It is part of a trial's settings; see
/// <see cref="TrialSettingsJson"/> for what may change about it.</summary>
static class OwnProblemJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(OwnProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("name", problem.Name);
            json.WriteString("kind", problem.Data.Kind.ToString().ToLowerInvariant());
            json.WriteString("sha256", problem.Digest);
            WriteText(json, "test_sha256", problem.TestDigest);
            WriteList(json, "label", problem.Data.Labels);
            WriteList(json, "inputs", problem.Data.Inputs);
            WriteList(json, "ignore", problem.Data.Ignored);
            WriteText(json, "missing", problem.Data.DropsMissing ? "drop" : null);
            WriteText(json, "picture_size", problem.Data.PictureSize?.ToString());
            WriteText(json, "targets", problem.Data.HasNumbers ? "numbers" : null);
            json.WriteStartArray("shape");
            Array.ForEach([problem.Shape.Height, problem.Shape.Width, problem.Shape.Channels], json.WriteNumberValue);
            json.WriteEndArray();
            WriteList(json, "classes", problem.ClassNames);
            json.WriteNumber("train", problem.TrainCount);
            json.WriteNumber("test", problem.TestCount);
            json.WriteNumber("drawn_test", problem.DrawnTestCount);
            json.WriteString("normalization", problem.Normalization);
            WriteText(json, "augmentation", problem.Augmentation);
            json.WriteString("loss", problem.Loss.Name);
            WriteText(json, "net", problem.Net);
            WriteLayers(json, "layers", problem.Layers);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">It is no such text; likewise the other exceptions of a reader of JSON.</exception>
    public static OwnProblem Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    public static OwnProblem Read(JsonElement json)
    {
        int[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32())];
        return new()
        {
            Name = json.GetProperty("name").GetString()!,
            Data = new()
            {
                Kind = Enum.Parse<OwnDataKind>(json.GetProperty("kind").GetString()!, ignoreCase: true),
                Labels = List(json, "label"),
                Inputs = List(json, "inputs"),
                Ignored = List(json, "ignore"),
                DropsMissing = Text(json, "missing") == "drop",
                PictureSize = Text(json, "picture_size") is { } size ? ImageSides.Parse(size) : null,
                HasNumbers = Text(json, "targets") == "numbers",
            },
            Digest = json.GetProperty("sha256").GetString()!,
            TestDigest = Text(json, "test_sha256"),
            Shape = new ImageShape(shape[0], shape[1], shape[2]),
            ClassNames = List(json, "classes"),
            TrainCount = json.GetProperty("train").GetInt32(),
            TestCount = json.GetProperty("test").GetInt32(),
            DrawnTestCount = json.GetProperty("drawn_test").GetInt32(),
            Normalization = json.GetProperty("normalization").GetString()!,
            Augmentation = Text(json, "augmentation"),
            Loss = Loss.Find(json.GetProperty("loss").GetString()!),
            Net = Text(json, "net"),
            Layers = Layers(json, "layers"),
        };
    }

    static void WriteText(Utf8JsonWriter json, string key, string? text)
    {
        if (text is not null)
        {
            json.WriteString(key, text);
        }
    }

    static void WriteList(Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            json.WriteStartArray(key);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }

    static void WriteLayers(Utf8JsonWriter json, string key, IReadOnlyList<LayerSpec> layers)
    {
        if (layers.Count == 0)
        {
            return;
        }

        json.WriteStartArray(key);
        foreach (var layer in layers)
        {
            json.WriteStartObject();
            json.WriteString("layer", layer.Kind);
            foreach (var (name, value) in layer.Values)
            {
                json.WriteString(name, value);
            }

            WriteLayers(json, "layers", layer.Body);
            WriteLayers(json, "shortcut", layer.Shortcut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var text) ? text.GetString() : null;

    static string[] List(JsonElement json, string key) => json.TryGetProperty(key, out var list) ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];

    static LayerSpec[] Layers(JsonElement json, string key) => !json.TryGetProperty(key, out var list) ? [] :
    [
        .. list.EnumerateArray().Select(layer => new LayerSpec(layer.GetProperty("layer").GetString()!,
            [.. layer.EnumerateObject().Where(x => x.Name != "layer" && x.Value.ValueKind == JsonValueKind.String).Select(x => KeyValuePair.Create(x.Name, x.Value.GetString()!))])
        {
            Body = Layers(layer, "layers"),
            Shortcut = Layers(layer, "shortcut"),
        }),
    ];
}
