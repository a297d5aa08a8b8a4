using System.Buffers;
using System.Text.Json;

namespace Descent.Formats;

/// <summary>One tensor as the header of a safetensors file describes it; offsets count from the first byte after the header.</summary>
/// <param name="Type">The type that it is read as.</param>
/// <param name="Narrow">How its values in the file are widened to that type, where they are.</param>
sealed record SafeTensorsEntry(string Name, ElementType Type, IReadOnlyList<int> Shape, long Begin, long End, NarrowFloat? Narrow = null);

/// <summary>The JSON header of a safetensors file: entries in the order of the JSON, and string metadata.</summary>
sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    const string MetadataKey = "__metadata__";

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads a header and proves it against the length of the data that follows: each byte of it belongs to exactly one tensor.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("the header is not a JSON object");
            }

            var metadata = new Dictionary<string, string>();
            var entries = new List<SafeTensorsEntry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    ReadMetadata(property.Value, metadata);
                }
                else
                {
                    entries.Add(ReadEntry(property.Name, property.Value));
                }
            }

            RequireCover(entries, dataLength);
            return new SafeTensorsHeader(entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Strings with broken surrogates parse, but throw InvalidOperationException when they are read.
            throw new FormatException($"the header is not valid JSON ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    /// <summary>The header as UTF-8, padded with blanks so that the data begins at a multiple of 8.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (Metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataKey);
                foreach (var (key, value) in Metadata)
                {
                    writer.WriteString(key, value);
                }

                writer.WriteEndObject();
            }

            foreach (var entry in Entries)
            {
                WriteEntry(writer, entry);
            }

            writer.WriteEndObject();
        }

        byte[] padded = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    static void WriteEntry(Utf8JsonWriter writer, SafeTensorsEntry entry)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Type.SafeTensorsName());
        writer.WriteStartArray("shape");
        foreach (int size in entry.Shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(entry.Begin);
        writer.WriteNumberValue(entry.End);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("__metadata__ is not an object");
        }

        foreach (var property in value.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()! : throw new FormatException($"__metadata__ \"{Excerpt.Of(property.Name)}\" is not a string"));
        }
    }

    static SafeTensorsEntry ReadEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var shape) || shape.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out var offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw new FormatException($"tensor \"{Excerpt.Of(name)}\" does not have dtype, shape and two data_offsets");
        }

        var narrow = dtype.GetString() switch { "F16" => NarrowFloat.Half, "BF16" => NarrowFloat.BFloat16, _ => null };
        var type = narrow is not null ? ElementType.Float32 : ElementTypes.FromSafeTensorsName(dtype.GetString()) ?? throw new FormatException(
            $"tensor \"{Excerpt.Of(name)}\" has dtype \"{Excerpt.Of(dtype.GetString()!)}\"; known here: {ElementTypes.KnownSafeTensorsNames}, F16, BF16");
        int[] sizes = [.. shape.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int n) && n >= 0
            ? n : throw new FormatException($"tensor \"{Excerpt.Of(name)}\" has the size {Excerpt.Of(size.GetRawText())} in its shape"))];
        long begin = Offset(name, offsets[0]), end = Offset(name, offsets[1]);
        int count = NamedArray.ByteCount(type, sizes)
            ?? throw new FormatException($"tensor \"{Excerpt.Of(name)}\" of shape {NamedArray.ShapeText(sizes)} is larger than 2 GiB");
        count = narrow is null ? count : count / type.Size() * NarrowFloat.Size;
        return end - begin == count ? new SafeTensorsEntry(name, type, sizes, begin, end, narrow) : throw new FormatException(
            $"tensor \"{Excerpt.Of(name)}\" of {count} bytes has the data_offsets {begin} to {end}");
    }

    static long Offset(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long offset) && offset >= 0
            ? offset : throw new FormatException($"tensor \"{Excerpt.Of(name)}\" has the data offset {Excerpt.Of(value.GetRawText())}");

    static void RequireCover(List<SafeTensorsEntry> entries, long dataLength)
    {
        long position = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
            {
                throw new FormatException($"tensor \"{Excerpt.Of(entry.Name)}\" begins at byte {entry.Begin} of the data where "
                    + $"{position} is expected, so tensors overlap or leave a gap");
            }

            position = entry.End;
        }

        if (position != dataLength)
        {
            throw new FormatException($"its tensors take {position} bytes of data, the file has {dataLength}");
        }
    }
}
