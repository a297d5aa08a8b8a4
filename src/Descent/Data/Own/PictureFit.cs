using Descent.Formats;

namespace Descent.Data.Own;

/// <summary>Brings pictures to one size: the largest part around their middle that has its proportions, made smaller or larger by a triangle filter, so that nothing is stretched.</summary>
/// <remarks>To the bit <c>ImageOps.fit(image, (width, height), Image.BILINEAR)</c> of Pillow 9.4: columns first, then rows, each rounded to bytes; weights have 22 bits behind the point;
/// where a picture becomes smaller, the filter is as much wider as its pixels stand for more.</remarks>
static class PictureFit
{
    const int WeightBits = 22;

    public static PngPicture Fit(PngPicture picture, ImageSides size)
    {
        double itsRatio = (double)picture.Width / picture.Height, ratio = (double)size.Width / size.Height;
        double width = itsRatio > ratio ? ratio * picture.Height : picture.Width, height = itsRatio < ratio ? picture.Width / ratio : picture.Height;
        var columns = Taps(picture.Width, (picture.Width - width) * 0.5, width, size.Width);
        var rows = Taps(picture.Height, (picture.Height - height) * 0.5, height, size.Height);
        int channels = picture.Channels, step = size.Width * channels, top = rows[0].First, bottom = rows[^1].First + rows[^1].Weights.Length;
        byte[] narrow = new byte[(bottom - top) * step], fitted = new byte[size.Height * step];
        for (int y = top; y < bottom; y++)
        {
            Sum(columns, 0, picture.Pixels.AsSpan(y * picture.Width * channels), channels, narrow.AsSpan((y - top) * step), channels);
        }

        Sum(rows, top, narrow, step, fitted, step);
        return new(size.Width, size.Height, channels, fitted);
    }

    /// <summary>Where each output begins among the inputs, and what it takes of each from there on.</summary>
    static (int First, int[] Weights)[] Taps(int inputs, double from, double length, int outputs)
    {
        // Pillow hands the part over in single precision.
        float begin = (float)from, end = (float)(from + length);
        double scale = (double)(end - begin) / outputs, reach = Math.Max(scale, 1);
        return [.. Enumerable.Range(0, outputs).Select(output =>
        {
            double center = begin + ((output + 0.5) * scale);
            int first = Math.Max(0, (int)(center - reach + 0.5)), behind = Math.Min(inputs, (int)(center + reach + 0.5));
            double[] shares = [.. Enumerable.Range(first, behind - first).Select(input => Math.Max(0, 1 - Math.Abs((input - center + 0.5) * (1 / reach))))];
            double sum = 0;
            Array.ForEach(shares, share => sum += share);
            return (first, (int[])[.. shares.Select(share => (int)(0.5 + (share / sum * (1 << WeightBits))))]);
        })];
    }

    /// <summary>Each output is the weighted sum of its inputs, for all values of a pixel, or of a row, side by side.</summary>
    /// <param name="before">Inputs that are left out before the first.</param>
    /// <param name="step">From an input to the next.</param>
    /// <param name="values">Of an output.</param>
    static void Sum((int First, int[] Weights)[] taps, int before, ReadOnlySpan<byte> inputs, int step, Span<byte> outputs, int values)
    {
        for (int output = 0; output < taps.Length; output++)
        {
            var (first, weights) = taps[output];
            for (int i = 0; i < values; i++)
            {
                int sum = 1 << (WeightBits - 1);
                for (int tap = 0; tap < weights.Length; tap++)
                {
                    sum += inputs[((first - before + tap) * step) + i] * weights[tap];
                }

                outputs[(output * values) + i] = (byte)Math.Clamp(sum >> WeightBits, 0, 255);
            }
        }
    }
}
