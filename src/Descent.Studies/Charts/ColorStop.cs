using System.Text.Json;
using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>One colour of a scale, at a fraction of its length from 0 to 1; in JSON <c>[0.5, "#4292C6"]</c>.</summary>
[JsonConverter(typeof(Converter))]
public sealed record ColorStop(double At, string Color)
{
    /// <summary>From light to dark, so that little ink is little: one hue, which every eye and a black-and-white printer tells apart. The scale Blues of
    /// C. Brewer, colorbrewer2.org.</summary>
    public static IReadOnlyList<ColorStop> Blues { get; } =
        [.. new[] { "#F7FBFF", "#DEEBF7", "#C6DBEF", "#9ECAE1", "#6BAED6", "#4292C6", "#2171B5", "#08519C", "#08306B" }.Select((color, i) => new ColorStop(i / 8.0, color))];

    /// <summary>The colour at a fraction of a scale's length, on straight lines between its stops.</summary>
    public static Rgba Of(IReadOnlyList<ColorStop> scale, double fraction)
    {
        double at = Math.Clamp(fraction, 0, 1);
        int next = Math.Max(1, Enumerable.Range(0, scale.Count).FirstOrDefault(i => scale[i].At >= at, scale.Count - 1));
        var (before, after) = (scale[next - 1], scale[next]);
        double share = Math.Clamp((at - before.At) / (after.At - before.At), 0, 1);
        var (from, to) = (Rgba.Parse(before.Color), Rgba.Parse(after.Color));
        return new(Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue), 1);

        byte Mix(byte a, byte b) => (byte)Math.Round(a + (share * (b - a)));
    }

    sealed class Converter : JsonConverter<ColorStop>
    {
        public override ColorStop Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var pair = JsonSerializer.Deserialize<JsonElement[]>(ref reader, options);
            return pair is [{ ValueKind: JsonValueKind.Number } at, { ValueKind: JsonValueKind.String } color] ? new(at.GetDouble(), color.GetString()!)
                : throw new JsonException("a stop of a colour scale must be a number and a colour.");
        }

        public override void Write(Utf8JsonWriter writer, ColorStop value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.At);
            writer.WriteStringValue(value.Color);
            writer.WriteEndArray();
        }
    }
}
