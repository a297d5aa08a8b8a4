namespace Descent.Formats;

/// <summary>The filters of PNG's rows (ISO/IEC 15948, clause 9): a byte less what its neighbours foretell.</summary>
static class PngFilters
{
    const int None = 0, Left = 1, Above = 2, Average = 3, Paeth = 4;

    /// <summary>The bytes as they were before the filters.</summary>
    /// <param name="rows">Each begins with the number of its filter.</param>
    /// <param name="length">Bytes of a row behind that.</param>
    /// <param name="pixel">Bytes of a pixel: how far the left neighbour is.</param>
    /// <exception cref="FormatException">There is no such filter.</exception>
    public static byte[] Undo(ReadOnlySpan<byte> rows, int length, int pixel)
    {
        int count = rows.Length / (length + 1);
        byte[] pixels = new byte[count * length];
        byte[] nothing = new byte[length];
        for (int y = 0; y < count; y++)
        {
            var row = rows.Slice(y * (length + 1), length + 1);
            var above = y == 0 ? nothing : pixels.AsSpan((y - 1) * length, length);
            Undo(row[0], row[1..], above, pixels.AsSpan(y * length, length), pixel);
        }

        return pixels;
    }

    static void Undo(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> pixels, int pixel)
    {
        for (int x = 0; x < row.Length; x++)
        {
            int left = x < pixel ? 0 : pixels[x - pixel], corner = x < pixel ? 0 : above[x - pixel];
            int foretold = filter switch
            {
                None => 0,
                Left => left,
                Above => above[x],
                Average => (left + above[x]) / 2,
                Paeth => Nearest(left, above[x], corner),
                _ => throw new FormatException($"a row has the filter {filter}"),
            };
            pixels[x] = (byte)(row[x] + foretold);
        }
    }

    /// <summary>Of left, above and corner that which is nearest to left + above − corner; of equal ones the first.</summary>
    static int Nearest(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int fromLeft = Math.Abs(estimate - left), fromAbove = Math.Abs(estimate - above), fromCorner = Math.Abs(estimate - corner);
        return fromLeft <= fromAbove && fromLeft <= fromCorner ? left : fromAbove <= fromCorner ? above : corner;
    }
}
