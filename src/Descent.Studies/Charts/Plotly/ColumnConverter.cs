using System.Text.Json;
using System.Text.Json.Serialization;

namespace Descent.Studies.Charts.Plotly;

/// <summary>A column is an array of numbers, with null for gaps, or an array of strings. The infinities, which JSON does not have, become
/// gaps.</summary>
sealed class ColumnConverter : JsonConverter<Column>
{
    public override Column Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (numbers, names) = (new List<double>(), new List<string>());
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"a column must be an array, got {reader.TokenType}.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number: numbers.Add(reader.GetDouble()); break;
                case JsonTokenType.Null: numbers.Add(double.NaN); break;
                case JsonTokenType.String: names.Add(reader.GetString()!); break;
                default: throw new JsonException($"a column must hold numbers or names, got {reader.TokenType}.");
            }
        }

        if (numbers.Count > 0 && names.Count > 0)
        {
            throw new JsonException($"a column must hold numbers or names, got {numbers.Count} numbers and {names.Count} names.");
        }

        return names.Count > 0 ? Column.Of(names) : Column.Of([.. numbers]);
    }

    public override void Write(Utf8JsonWriter writer, Column value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string name in value.Names)
        {
            writer.WriteStringValue(name);
        }

        foreach (double number in value.Numbers)
        {
            if (double.IsFinite(number))
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }
}
