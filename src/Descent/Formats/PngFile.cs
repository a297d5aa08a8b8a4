using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Descent.Formats;

/// <summary>Pixels of a PNG file.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">[height, width, channels].</param>
public sealed record PngPicture(int Width, int Height, int Channels, byte[] Pixels);

/// <summary>Reads PNG, the format of ISO/IEC 15948: grey, red-green-blue, or a palette, which becomes red-green-blue.</summary>
/// <remarks>As <c>Image.open(path).convert("RGB")</c> of Pillow: transparency is left out, whatever the colours behind it; of 16 bits a sample the upper eight are kept; fewer than
/// eight become bytes. Gamma and colour profiles are not applied.</remarks>
public static class PngFile
{
    // What deflate can make of a byte at most (RFC 1951): a file that promises more is cut, and no memory is asked for.
    const long LargestRatio = 1032;

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
        catch (Exception exception) when (exception is FormatException or InvalidDataException or IOException)
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
        var form = PngForm.Read(header);
        long bytes = form.Passes.Sum(pass => pass.Form.Bytes), pixels = (long)form.Width * form.Height;
        if (form.Width < 1 || form.Height < 1 || pixels > Array.MaxLength / 3 || bytes > Math.Min(Array.MaxLength, LargestRatio * packed.Length))
        {
            throw new FormatException($"it says {form.Width}×{form.Height} pixels and has not so many");
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

        byte[] samples = Samples(form, rows);
        return form.HasPalette ? new(form.Width, form.Height, 3, Colors(samples, palette ?? throw new FormatException("it has no palette")))
            : new(form.Width, form.Height, form.Kept, samples);
    }

    /// <summary>[height, width, samples], from the passes in the file.</summary>
    static byte[] Samples(PngForm form, ReadOnlySpan<byte> rows)
    {
        byte[] samples = [];
        foreach (var (part, top, left, down, right) in form.Passes)
        {
            byte[] own = part.Samples(PngFilters.Undo(rows[..(int)part.Bytes], (int)part.RowBytes, part.PixelBytes));
            rows = rows[(int)part.Bytes..];
            if (!form.IsInterlaced)
            {
                return own;
            }

            samples = samples.Length > 0 ? samples : new byte[(long)form.Width * form.Height * form.Kept];
            for (int i = 0; i < own.Length; i += form.Kept)
            {
                var (y, x) = Math.DivRem(i / form.Kept, part.Width);
                own.AsSpan(i, form.Kept).CopyTo(samples.AsSpan(((((top + (y * down)) * form.Width) + left + (x * right)) * form.Kept)));
            }
        }

        return samples;
    }

    static byte[] Colors(byte[] places, byte[] palette)
    {
        byte[] colors = new byte[3 * places.Length];
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
