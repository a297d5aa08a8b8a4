using Descent.Formats;

namespace Descent.Data;

/// <summary>One published batch of CIFAR-10: values [N, 32, 32, 3] and labels [N].</summary>
/// <remarks>Published images lie by channel: 1024 bytes red, 1024 green, 1024 blue, each row by row. Here the channels of a pixel lie side by side.</remarks>
sealed record Cifar10Batch(byte[] Pixels, byte[] Labels)
{
    public const int MostImages = 10_000, ClassCount = 10;

    const int Plane = 32 * 32, Channels = 3, Values = Channels * Plane, RecordBytes = 1 + Values;
    // Python's batches have 31 MB each, of which 0.3 MB are labels and file names.
    const long LargestPickle = 1 << 26;

    public static ImageShape Shape { get; } = new(32, 32, Channels);

    /// <summary>From a binary file: records of a label and 3072 values.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public static Cifar10Batch FromRecords(Stream stream, long length)
    {
        if (length % RecordBytes != 0 || length / RecordBytes is < 1 or > MostImages)
        {
            throw new FormatException($"has {length} bytes; expected are 1 to {MostImages} records of {RecordBytes} (published: {MostImages})");
        }

        int count = (int)(length / RecordBytes);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(count * Values), labels = new byte[count], record = new byte[RecordBytes];
        for (int i = 0; i < count; i++)
        {
            stream.ReadExactly(record);
            labels[i] = Label(record[0], i);
            Interleave(record.AsSpan(1), pixels.AsSpan(i * Values, Values));
        }

        return new Cifar10Batch(pixels, labels);
    }

    /// <summary>From a pickle that Python 2 wrote: a dictionary with <c>data</c> (an array [N, 3072]) and <c>labels</c> (a list of N numbers).</summary>
    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public static Cifar10Batch FromPickle(Stream stream, long length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)(length <= LargestPickle ? length
            : throw new FormatException($"claims {length} bytes; a batch has less than {LargestPickle}")));
        stream.ReadExactly(bytes);
        var batch = PickleReader.Read(bytes, PickledArray.Vocabulary) as PickleDictionary ?? throw new FormatException("holds no dictionary");
        if (batch.Find("data") is not PickledArray { Shape: [> 0 and <= MostImages, Values] } data || batch.Find("labels") is not List<object?> list
            || list.Count != data.Shape[0])
        {
            throw new FormatException($"holds no \"data\" of 1 to {MostImages} times {Values} bytes with as many \"labels\"");
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>(list.Count * Values), image = new byte[Values];
        byte[] labels = [.. list.Select((label, index) => Label(label is long number ? number : -1, index))];
        for (int i = 0; i < labels.Length; i++)
        {
            CopyRow(data, i, image);
            Interleave(image, pixels.AsSpan(i * Values, Values));
        }

        return new Cifar10Batch(pixels, labels);
    }

    static void CopyRow(PickledArray data, int row, Span<byte> destination)
    {
        var bytes = data.Bytes.Span;
        if (!data.IsByColumns)
        {
            bytes.Slice(row * Values, Values).CopyTo(destination);
            return;
        }

        for (int column = 0; column < Values; column++)
        {
            destination[column] = bytes[(column * data.Shape[0]) + row];
        }
    }

    static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        ReadOnlySpan<byte> red = planes[..Plane], green = planes.Slice(Plane, Plane), blue = planes.Slice(2 * Plane, Plane);
        for (int i = 0; i < Plane; i++)
        {
            pixels[Channels * i] = red[i];
            pixels[(Channels * i) + 1] = green[i];
            pixels[(Channels * i) + 2] = blue[i];
        }
    }

    static byte Label(long label, int index) => label is >= 0 and < ClassCount ? (byte)label
        : throw new FormatException($"has the label {label} at image {index}; labels lie in 0 to {ClassCount - 1}");
}
