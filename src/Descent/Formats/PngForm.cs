using System.Buffers.Binary;

namespace Descent.Formats;

/// <summary>How a PNG file's pixels are written: its header (ISO/IEC 15948, clauses 11.2.2 and 13.12).</summary>
/// <param name="Bits">Of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Kind">Grey, color, palette, or one of the first two with alpha.</param>
/// <param name="IsInterlaced">Whether the pixels come in the seven passes of Adam7 (clause 8.2), each a smaller picture of its own.</param>
sealed record PngForm(int Width, int Height, int Bits, int Kind, bool IsInterlaced)
{
    const int HeaderBytes = 13, Grey = 0, Color = 2, Palette = 3, GreyAlpha = 4, ColorAlpha = 6;

    static readonly (int Top, int Left, int Down, int Right)[] passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    /// <summary>Whether samples are places in a palette.</summary>
    public bool HasPalette => Kind == Palette;

    /// <summary>Samples of a pixel that are kept: alpha is not.</summary>
    public int Kept => Kind is Color or ColorAlpha ? 3 : 1;

    /// <summary>What lies one after another in the file, each with the place of its first pixel and the steps from one to the next: the picture itself where it is not
    /// interlaced. Passes without a pixel are left out.</summary>
    public IReadOnlyList<(PngForm Form, int Top, int Left, int Down, int Right)> Passes => !IsInterlaced ? [(this, 0, 0, 1, 1)]
        : [.. passes.Select(pass => (this with
        {
            IsInterlaced = false,
            Height = (Height - pass.Top + pass.Down - 1) / pass.Down,
            Width = (Width - pass.Left + pass.Right - 1) / pass.Right,
        }, pass.Top, pass.Left, pass.Down, pass.Right)).Where(pass => pass.Item1.Height > 0 && pass.Item1.Width > 0)];

    /// <summary>In the file, with the number of its filter before each row.</summary>
    public long Bytes => (RowBytes + 1) * Height;

    public long RowBytes => (((long)Width * Written * Bits) + 7) / 8;

    /// <summary>How far the left neighbour of a byte is.</summary>
    public int PixelBytes => Math.Max(1, Written * Bits / 8);

    int Written => Kind switch { Color => 3, GreyAlpha => 2, ColorAlpha => 4, _ => 1 };

    /// <exception cref="FormatException">It is damaged, or of a kind that is not read.</exception>
    public static PngForm Read(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderBytes || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw new FormatException("its header is damaged");
        }

        var form = new PngForm(BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), header[8], header[9], header[12] == 1);
        bool isKnown = form.Kind switch
        {
            Grey => form.Bits is 1 or 2 or 4 or 8 or 16,
            Palette => form.Bits is 1 or 2 or 4 or 8,
            Color or GreyAlpha or ColorAlpha => form.Bits is 8 or 16,
            _ => false,
        };
        return isKnown ? form : throw new FormatException("its header is damaged");
    }

    /// <summary>The samples that are kept, a byte each: of 16 bits the upper eight, of fewer than eight grey spread from 0 to 255; alpha is left out.</summary>
    /// <param name="rows">All rows without their filters.</param>
    /// <returns>[height, width, <see cref="Kept"/>].</returns>
    public byte[] Samples(byte[] rows)
    {
        if (Bits == 8 && Kept == Written)
        {
            return rows;
        }

        byte[] samples = new byte[(long)Width * Height * Kept];
        int rowBytes = (int)RowBytes, spread = HasPalette ? 1 : byte.MaxValue / ((1 << Math.Min(Bits, 8)) - 1), at = 0;
        for (int y = 0; y < Height; y++)
        {
            var row = rows.AsSpan(y * rowBytes, rowBytes);
            for (int x = 0; x < Width; x++)
            {
                for (int c = 0; c < Kept; c++)
                {
                    samples[at++] = (byte)(spread * Sample(row, (x * Written) + c));
                }
            }
        }

        return samples;
    }

    int Sample(ReadOnlySpan<byte> row, int place)
    {
        if (Bits >= 8)
        {
            return row[place * (Bits / 8)];
        }

        int bit = place * Bits;
        return (row[bit / 8] >> (8 - Bits - (bit % 8))) & ((1 << Bits) - 1);
    }
}
