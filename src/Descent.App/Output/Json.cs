using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>What <c>--json</c> prints. Keys are in snake_case; numbers keep all their digits. A value that was not measured is null, and
/// so is one that is not finite, because JSON has no such numbers: what it means stands beside it, as in <c>diverged_at_step</c>.</summary>
static class Json
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumberConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>One line with one value.</summary>
    public static void WriteLine<T>(TextWriter writer, T value) => writer.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Settings as one object, their texts as the numbers and truth values that they are.</summary>
    public static IReadOnlyDictionary<string, object> Values(IEnumerable<Setting> settings) => new OrderedDictionary<string,
        object>(settings.Select(
        x => KeyValuePair.Create(x.Name, double.TryParse(x.Value, CultureInfo.InvariantCulture, out double number) ? number
            : bool.TryParse(x.Value, out bool truth) ? (object)truth : x.Value)));

    sealed class FiniteNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
