using Descent.Tensors;

namespace Descent.Data;

/// <summary>Images of random bytes in the shape of a data set: for timing and trying what needs no real data.</summary>
public static class GeneratedData
{
    /// <param name="set">Gives shape, classes and normalization; labels come in turn.</param>
    /// <param name="train">Images of the training part, to which those are added that a split draws for its test part.</param>
    /// <param name="test">Images of the test part, where one is published.</param>
    public static DataSet Like(DataSetDescription set, int train, int test) => new(set, Images(set, train + set.DrawnTestCount, 0),
        set.DrawnTestCount > 0 ? null : Images(set, test, 1));

    static LabeledImages Images(DataSetDescription set, int count, ulong stream)
    {
        var random = new RandomStream(0, StreamPurpose.Noise, stream);
        byte[] pixels = new byte[count * set.Shape.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.NextUInt32();
        }

        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % set.ClassNames.Count))];
        return new(set.Shape, pixels, labels, set.ClassNames.Count);
    }
}
