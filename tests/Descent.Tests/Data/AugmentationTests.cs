using Descent.Data;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Data;

public class AugmentationTests
{
    static readonly LabeledImages Cifar = Images(new ImageShape(32, 32, 3), 7);

    // The crop of an image bordered by zeros, as torchvision's RandomCrop on an image of bytes; then the mirroring, then the normalization.
    [Theory]
    [InlineData(32, 32, 3, 4)]
    [InlineData(8, 8, 1, 4)]
    [InlineData(5, 7, 3, 2)]
    [InlineData(3, 2, 3, 4)]
    [InlineData(4, 9, 2, 1)]
    [InlineData(6, 6, 4, 0)]
    [InlineData(61, 67, 3, 4)]
    public void AnImageIsAPieceOfTheBorderedOneAndMaybeMirrored(int height, int width, int channels, int padding)
    {
        var images = Images(new ImageShape(height, width, channels), 40);
        var augmentation = new Augmentation("test", padding).At(seed: 5, epoch: 3);
        int[] indices = [.. Enumerable.Range(0, 40), 3];
        float[] values = new float[indices.Length * images.Shape.Length];
        ImageBatch.Fill(images, indices, Normalization.Half, augmentation, values);

        for (int i = 0; i < indices.Length; i++)
        {
            var (top, left, isFlipped) = augmentation.Draw(indices[i]);
            float[] expected = [.. Bordered(images, indices[i], padding, top + padding, left + padding, isFlipped)
                .Select(value => (value * (float)(2 / 255.0)) - 1)];
            Assert.Equal(expected, values.AsSpan(i * expected.Length, expected.Length).ToArray());
        }
    }

    [Fact]
    public void WithoutABorderHalfOfTheImagesAreAsTheyWere()
    {
        var augmentation = new Augmentation("flip", Padding: 0).At(seed: 0, epoch: 0);
        byte[] changed = new byte[3072];
        int same = 0;
        for (int i = 0; i < 1000; i++)
        {
            augmentation.Draw(i).Apply(Cifar.Shape, Cifar.Image(0), changed);
            same += Cifar.Image(0).SequenceEqual(changed) ? 1 : 0;
        }

        // Binomial with p = 1/2: mean 500, standard deviation 15.8; five of them.
        Assert.InRange(same, 421, 579);
    }

    [Fact]
    public void EveryPlaceIsAsLikely()
    {
        var counts = new Dictionary<ImageChange, int>();
        const int Draws = 162 * 400;
        for (int i = 0; i < Draws; i++)
        {
            var change = Augmentation.CropAndFlip.At(seed: (ulong)(i % 3), epoch: i % 40).Draw(i / 120);
            counts[change] = counts.GetValueOrDefault(change) + 1;
        }

        // Binomial with p = 1/162: mean 400, standard deviation 19.9; five of them. All 9 · 9 · 2 changes come.
        Assert.Equal(162, counts.Count);
        Assert.All(counts.Keys, change => Assert.True(Math.Abs(change.Top) <= 4 && Math.Abs(change.Left) <= 4));
        Assert.All(counts.Values, count => Assert.InRange(count, 300, 500));
    }

    [Fact]
    public void SeedEpochAndImageDecide()
    {
        ImageChange[] Draws(ulong seed, int epoch) => [.. Enumerable.Range(0, 50).Select(Augmentation.CropAndFlip.At(seed, epoch).Draw)];

        Assert.Equal(Draws(1, 1), Draws(1, 1));
        Assert.NotEqual(Draws(1, 1), Draws(2, 1));
        Assert.NotEqual(Draws(1, 1), Draws(1, 2));
        Assert.True(Draws(1, 1).Distinct().Count() > 30);
    }

    // Stored results rest on these draws: other ones mean that studies can no longer be repeated. By a Philox in Python.
    [Fact]
    public void TheDrawsOfASeedNeverChange() => Assert.Equal([new(0, -1, true), new(-2, 4, true), new(-1, 0, true)],
        Enumerable.Range(0, 3).Select(Augmentation.CropAndFlip.At(seed: 0, epoch: 1).Draw));

    [Fact]
    public void FillingAllocatesNothing()
    {
        int[] indices = [.. Enumerable.Range(0, 64).Select(i => i % 7)];
        float[] values = new float[64 * 3072];
        var augmentation = Augmentation.CropAndFlip.At(0, 0);

        Assert.Equal(0, Allocated.BySteadyRuns(() => ImageBatch.Fill(Cifar, indices, Normalization.PerImageStd, augmentation, values)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RowsOfAnyLengthAreMirrored(int channels)
    {
        for (int width = 0; width < 70; width++)
        {
            // Guards on both sides: a vector must not write beyond the row.
            byte[] source = [.. Enumerable.Range(0, width * channels).Select(i => (byte)(i + 1))], guarded = new byte[source.Length + 32];
            PixelReversal.Run(source, guarded.AsSpan(16, source.Length), channels);

            byte[] expected = [.. Enumerable.Range(0, width).Reverse().SelectMany(x => source[(x * channels)..((x + 1) * channels)])];
            Assert.Equal([.. new byte[16], .. expected, .. new byte[16]], guarded);
        }
    }

    static IEnumerable<byte> Bordered(LabeledImages images, int index, int padding, int top, int left, bool isFlipped)
    {
        var shape = images.Shape;
        var bordered = new byte[shape.Height + (2 * padding), shape.Width + (2 * padding), shape.Channels];
        for (int i = 0; i < shape.Length; i++)
        {
            bordered[padding + (i / shape.Channels / shape.Width), padding + (i / shape.Channels % shape.Width), i % shape.Channels] = images.Image(index)[i];
        }

        for (int i = 0; i < shape.Length; i++)
        {
            int x = i / shape.Channels % shape.Width;
            yield return bordered[top + (i / shape.Channels / shape.Width), left + (isFlipped ? shape.Width - 1 - x : x), i % shape.Channels];
        }
    }

    static LabeledImages Images(ImageShape shape, int count) => new(shape,
        [.. Enumerable.Range(0, count * shape.Length).Select(i => (byte)((uint)(i * 2654435761) >> 24))], new byte[count], 1);
}
