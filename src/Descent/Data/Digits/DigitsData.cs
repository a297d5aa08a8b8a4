using System.IO.Compression;

namespace Descent.Data.Digits;

/// <summary>The handwritten digits that ship with Descent: 1,797 images of 8×8 values 0 to 16 (see ORIGIN.md beside this file).</summary>
static class DigitsData
{
    const int Count = 1797;
    const int LargestValue = 16;

    static readonly ImageShape Shape = new(8, 8, 1);

    public static DataSetDescription Description { get; } = new("digits", "UCI handwritten digits",
        "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, "
        + "https://doi.org/10.24432/C50P49", "CC BY 4.0", Shape, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        TrainCount: Count, TestCount: 0, DrawnTestCount: 360, Normalization.Digits, Files: [], _ => (Read(), null));

    static LabeledImages Read()
    {
        using var resource = typeof(DigitsData).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidOperationException("The digits are not in this build.");
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        byte[] pixels = new byte[Count * Shape.Length], labels = new byte[Count];
        for (int i = 0; i < Count; i++)
        {
            labels[i] = ReadLine(reader.ReadLine(), pixels.AsSpan(i * Shape.Length, Shape.Length));
        }

        return new LabeledImages(Shape, pixels, labels, classCount: 10);
    }

    static byte ReadLine(ReadOnlySpan<char> line, Span<byte> pixels)
    {
        int column = 0;
        byte value = 0;
        foreach (var field in line.Split(','))
        {
            value = byte.Parse(line[field], provider: null);
            if (column < pixels.Length)
            {
                pixels[column] = value <= LargestValue ? value : throw new InvalidOperationException($"The digits hold the value {value}.");
            }

            column++;
        }

        return column == pixels.Length + 1 ? value : throw new InvalidOperationException($"A line of the digits has {column} numbers.");
    }
}
