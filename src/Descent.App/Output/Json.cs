using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>What <c>--json</c> prints. Keys are in snake_case; numbers keep all their digits. A value that was not measured is null; a measured
/// one that is not finite is the string "NaN", "Infinity" or "-Infinity", because JSON has no such numbers.</summary>
static class Json
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>One line with one value.</summary>
    public static void WriteLine<T>(TextWriter writer, T value) => writer.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Settings as one object, their texts as the numbers and truth values that they are.</summary>
    public static IReadOnlyDictionary<string, object> Values(IEnumerable<Setting> settings) => new OrderedDictionary<string, object>(settings.Select(
        x => KeyValuePair.Create(x.Name, double.TryParse(x.Value, CultureInfo.InvariantCulture, out double number) ? number
            : bool.TryParse(x.Value, out bool truth) ? (object)truth : x.Value)));

    /// <summary>A number that NaN stands for where it was not measured.</summary>
    public static double? Measured(double value) => double.IsNaN(value) ? null : value;
}
