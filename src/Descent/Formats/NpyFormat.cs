using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Descent.Formats;

/// <summary>The header of one array in NumPy's NPY format: magic, version, length of the description, description.</summary>
/// <remarks>The description is a Python dictionary with <c>descr</c>, <c>fortran_order</c> and <c>shape</c>. Versions 1 to 3 are read; version 1 is
/// written. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</remarks>
static partial class NpyFormat
{
    const string HalfName = "<f2";
    const int PrefixBytes = 8;
    // NumPy aligns the values that follow to this.
    const int Alignment = 64;
    const int LargestDescription = 1 << 16;

    /// <summary>What every NPY array begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static byte[] Header(ElementType type, IReadOnlyList<int> shape)
    {
        // Python writes a tuple of one with a comma.
        string sizes = shape.Count == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string description = $"{{'descr': '{type.NumpyName()}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int start = PrefixBytes + sizeof(ushort);
        int length = (start + description.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(PrefixBytes), checked((ushort)(length - start)));
        _ = Encoding.ASCII.GetBytes(description, header.AsSpan(start));
        header[^1] = (byte)'\n';
        return header;
    }

    /// <summary>Reads a header; afterwards the stream stands at the first value.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the array.</exception>
    public static NpyHeader ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (stream.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false) < PrefixBytes || !prefix.StartsWith(Magic)
            || prefix[6] is < 1 or > 3)
        {
            throw new FormatException("does not begin as an NPY array of version 1 to 3");
        }

        int lengthBytes = prefix[6] == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> lengthField = stackalloc byte[sizeof(uint)];
        lengthField.Clear();
        uint length = stream.ReadAtLeast(lengthField[..lengthBytes], lengthBytes, throwOnEndOfStream: false) < lengthBytes
            ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        byte[] text = new byte[length <= LargestDescription ? (int)length : throw new FormatException("has a cut or too long header")];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new FormatException("ends inside its header");
        }

        return Describe(Encoding.UTF8.GetString(text), [.. prefix, .. lengthField[..lengthBytes], .. text]);
    }

    static NpyHeader Describe(string description, byte[] header)
    {
        string descr = Field(DescrField(), description, "descr");
        string order = Field(OrderField(), description, "fortran_order");
        string shape = Field(ShapeField(), description, "shape");
        var narrow = descr == HalfName ? NarrowFloat.Half : null;
        var type = narrow is not null ? ElementType.Float32 : ElementTypes.FromNumpyName(descr)
            ?? throw new FormatException($"has the type '{Excerpt.Of(descr)}'; known here: {ElementTypes.KnownNumpyNames}, {HalfName}");

        int[] sizes = [.. shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(size => int.TryParse(size, NumberStyles.None, null, out int n)
                ? n : throw new FormatException($"has the size {Excerpt.Of(size)} in its shape"))];
        return new NpyHeader(type, narrow, sizes, IsByColumns(order), header);
    }

    static bool IsByColumns(string order) => order switch
    {
        "True" => true,
        "False" => false,
        _ => throw new FormatException($"has the fortran_order {Excerpt.Of(order)}, which is neither True nor False"),
    };

    static string Field(Regex pattern, string description, string name) => pattern.Match(description) is { Success: true } match
        ? match.Groups[1].Value : throw new FormatException($"has a header without {name}");

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex DescrField();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(\w+)""")]
    private static partial Regex OrderField();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapeField();
}
