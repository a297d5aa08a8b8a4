using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Descent.Formats;

/// <summary>Pixels of a PNG file.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">[height, width, channels].</param>
public sealed record PngPicture(int Width, int Height, int Channels, byte[] Pixels);

/// <summary>Reads PNG, the format of ISO/IEC 15948, of 8 bits a channel: grey, red-green-blue, or a palette, which becomes red-green-blue.</summary>
/// <remarks>Refused are other depths, interlacing, and pictures with transparency, whose colours depend on what is behind them. Gamma and colour profiles are not applied.</remarks>
public static class PngFile
{
    const int HeaderBytes = 13, Grey = 0, Color = 2, Palette = 3;

    // What deflate can make of a byte at most (RFC 1951): a file that promises more is cut, and no memory is asked for.
    const long LargestRatio = 1032;

    static readonly string[] kinds = ["grey", "", "red-green-blue", "palette", "grey with transparency", "", "red-green-blue with transparency"];

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="BadInputException">The file is missing, damaged, or of a kind that is not read.</exception>
    public static PngPicture Read(string path)
    {
        byte[] file;
        using (var stream = InputFile.Open(path, bufferSize: 0))
        {
            file = new byte[stream.Length <= Array.MaxLength ? (int)stream.Length : throw new BadInputException($"{path} is too large for a picture.")];
            stream.ReadExactly(file);
        }

        try
        {
            return Decode(file);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new BadInputException($"{path} is not a PNG file that can be read: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    /// <exception cref="FormatException">It is damaged, or of a kind that is not read.</exception>
    static PngPicture Decode(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new FormatException("it does not begin as one");
        }

        byte[]? header = null, palette = null;
        using var packed = new MemoryStream();
        var rest = file[Signature.Length..];
        while (Chunk(ref rest, out var content) is var type && type != "IEND")
        {
            switch (type)
            {
                case "IHDR":
                    header = content.ToArray();
                    break;
                case "PLTE":
                    palette = content.ToArray();
                    break;
                case "tRNS":
                    throw new FormatException("it has transparency");
                case "IDAT":
                    packed.Write(content);
                    break;
                default:
                    // A small first letter: of no need for the pixels.
                    _ = char.IsAsciiLetterLower(type[0]) ? type : throw new FormatException($"it has a part \"{type}\" that is not known");
                    break;
            }
        }

        return Pixels(header ?? throw new FormatException("it has no header"), palette, packed);
    }

    static PngPicture Pixels(byte[] header, byte[]? palette, MemoryStream packed)
    {
        if (header.Length != HeaderBytes || header[10] != 0 || header[11] != 0)
        {
            throw new FormatException("its header is damaged");
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int kind = header[9], channels = kind == Color ? 3 : 1;
        if (kind is not (Grey or Color or Palette))
        {
            throw new FormatException(kind < kinds.Length && kinds[kind].Length > 0 ? $"it is {kinds[kind]}; read are grey, red-green-blue and palette" : "its header is damaged");
        }

        if (header[8] != 8 || header[12] != 0)
        {
            throw new FormatException(header[8] != 8 ? $"it has {header[8]} bits a channel; read are 8" : "it is interlaced; save it without interlacing");
        }

        long rowBytes = (long)width * channels, bytes = (rowBytes + 1) * height;
        if (width < 1 || height < 1 || bytes > Array.MaxLength || bytes > LargestRatio * packed.Length)
        {
            throw new FormatException($"it says {width}×{height} pixels and has not so many");
        }

        byte[] rows = new byte[bytes];
        packed.Position = 0;
        using (var zip = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true))
        {
            if (zip.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false) < rows.Length)
            {
                throw new FormatException("its pixels end too early");
            }
        }

        byte[] pixels = PngFilters.Undo(rows, (int)rowBytes, channels);
        return kind == Palette ? new(width, height, 3, Colors(pixels, palette ?? throw new FormatException("it has no palette"))) : new(width, height, channels, pixels);
    }

    static byte[] Colors(byte[] places, byte[] palette)
    {
        byte[] colors = new byte[checked(3L * places.Length)];
        for (int i = 0; i < places.Length; i++)
        {
            int entry = 3 * places[i];
            if (entry + 3 > palette.Length)
            {
                throw new FormatException($"pixel {i} has colour {places[i]}, the palette has {palette.Length / 3}");
            }

            palette.AsSpan(entry, 3).CopyTo(colors.AsSpan(3 * i));
        }

        return colors;
    }

    static string Chunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        const int Frame = 12;
        int length = rest.Length < Frame ? -1 : BinaryPrimitives.ReadInt32BigEndian(rest);
        if (length < 0 || length > rest.Length - Frame)
        {
            throw new FormatException("it is cut");
        }

        var whole = rest.Slice(4, 4 + length);
        if (Crc32.Append(0, whole) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]))
        {
            throw new FormatException("a checksum differs");
        }

        content = whole[4..];
        rest = rest[(Frame + length)..];
        return Encoding.Latin1.GetString(whole[..4]);
    }
}
