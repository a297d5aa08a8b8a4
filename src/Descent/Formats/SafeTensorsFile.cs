using System.Buffers.Binary;

namespace Descent.Formats;

/// <summary>The content of a safetensors file: named arrays in the order of the header, and string metadata.</summary>
public sealed record SafeTensors(IReadOnlyList<NamedArray> Arrays, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Reads and writes files in the safetensors format.</summary>
/// <remarks>The file is the length of the header (8 bytes, little-endian), the header in JSON, then the data of the tensors, row-major
/// and little-endian, without a gap. Format: https://github.com/huggingface/safetensors. Of its types F32, F64, I64, I32 and
/// U8 are read as they are, F16 and BF16 as float32; no narrow type is written.
/// Nothing is allocated from a size before that size was checked against the length of the file.</remarks>
public static class SafeTensorsFile
{
    // The limit of the reference implementation.
    const long LargestHeader = 100_000_000;
    const int LengthBytes = sizeof(ulong);

    /// <summary>Reads all arrays, each into memory of its own.</summary>
    /// <exception cref="BadInputException">The file is missing, cut, or not a valid safetensors file.</exception>
    public static SafeTensors Read(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 0);
        try
        {
            var (header, dataBegin) = ReadHeader(stream);
            return new SafeTensors([.. header.Entries.Select(entry => ReadArray(stream, dataBegin, entry))], header.Metadata);
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{path} is not a valid safetensors file: {exception.Message}.", exception);
        }
    }

    /// <summary>Reads the metadata alone.</summary>
    /// <exception cref="BadInputException">The file is missing, cut, or not a valid safetensors file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 0);
        try
        {
            return ReadHeader(stream).Header.Metadata;
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{path} is not a valid safetensors file: {exception.Message}.", exception);
        }
    }

    /// <summary>Writes the file atomically (see <see cref="AtomicFile"/>). The header keeps the order of <paramref name="arrays"/>; the data of
    /// 8-byte types comes first, so that every array is aligned to its element.</summary>
    /// <exception cref="ArgumentException">Two arrays have one name, or a name is the reserved <c>__metadata__</c>.</exception>
    public static void Write(string path, IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string> metadata) =>
        AtomicFile.Write(path, stream => Write(stream, arrays, metadata));

    /// <summary>Writes into a stream; see <see cref="Write(string, IReadOnlyList{NamedArray}, IReadOnlyDictionary{string, string})"/>.</summary>
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        NamedArray[] ordered = [.. arrays.OrderByDescending(array => array.Type.Size())];
        var entries = new Dictionary<string, SafeTensorsEntry>();
        long position = 0;
        foreach (var array in ordered)
        {
            var entry = new SafeTensorsEntry(array.Name, array.Type, array.Shape, position, position + array.Bytes.Length);
            if (array.Name == "__metadata__" || !entries.TryAdd(array.Name, entry))
            {
                throw new ArgumentException($"Two arrays are named \"{array.Name}\", or the name is reserved.", nameof(arrays));
            }

            position = entry.End;
        }

        byte[] json = new SafeTensorsHeader([.. arrays.Select(array => entries[array.Name])], metadata).ToJson();
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (var array in ordered)
        {
            stream.Write(array.Bytes.Span);
        }
    }

    static (SafeTensorsHeader Header, long DataBegin) ReadHeader(FileStream stream)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
        {
            throw new FormatException($"it has {stream.Length} bytes, too few for the length of the header");
        }

        stream.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        long rest = stream.Length - LengthBytes;
        if (length > (ulong)Math.Min(rest, LargestHeader))
        {
            throw new FormatException(
                $"the header claims {length} bytes, the file has {rest} after its length, and {LargestHeader} is the limit");
        }

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return (SafeTensorsHeader.Parse(json, rest - json.Length), LengthBytes + json.Length);
    }

    static NamedArray ReadArray(FileStream stream, long dataBegin, SafeTensorsEntry entry)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)(entry.End - entry.Begin));
        stream.Position = dataBegin + entry.Begin;
        stream.ReadExactly(bytes);
        return new NamedArray(entry.Name, entry.Type, entry.Shape, entry.Narrow?.Widen(bytes) ?? bytes);
    }
}
