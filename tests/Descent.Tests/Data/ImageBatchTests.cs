using System.Numerics;
using Descent.Data;

namespace Descent.Tests.Data;

public class ImageBatchTests
{
    static readonly Normalization ThreeChannels =
        Normalization.MeanAndDeviation("three", [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(8, 8, 1)]
    [InlineData(28, 28, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(5, 7, 3)]
    [InlineData(32, 32, 3)]
    [InlineData(61, 67, 3)]
    public void ValuesAreThoseOfTheFormula(int height, int width, int channels)
    {
        var images = Images(new ImageShape(height, width, channels), 9);
        int[] indices = [3, 8, 0, 3];

        foreach (var normalization in channels == 1 ? new[] { Normalization.Mnist, Normalization.Digits } : [ThreeChannels, Normalization.None])
        {
            RequireFormula<float>(images, indices, normalization, 5e-7);
            RequireFormula<double>(images, indices, normalization, 1e-15);
        }
    }

    [Fact]
    public void NamedNormalizationsHaveTheirPublishedForm()
    {
        Assert.Equal(((77 / 255.0) - 0.4822) / 0.1994, Normalization.Find("per-image-std").Value(77, 1), 14);
        Assert.Equal(((77 / 255.0) - 0.406) / 0.225, Normalization.Find("imagenet").Value(77, 2), 14);
        Assert.Equal(((77 / 255.0) - 0.4914) / 0.2470, Normalization.Find("pixel-std").Value(77, 0), 14);
        Assert.Equal(((77 / 255.0) - 0.4465) / 0.2616, Normalization.Find("pixel-std").Value(77, 2), 14);
        Assert.Equal((-1.0, 1.0), (Normalization.Find("half").Value(0, 2), Normalization.Find("half").Value(255, 2)));
        Assert.Equal((255 / 255.0 - 0.1307) / 0.3081, Normalization.Mnist.Value(255, 0), 14);
        Assert.Equal(-0.1307 / 0.3081, Normalization.Mnist.Value(0, 0), 14);
        Assert.Equal(13 / 16.0, Normalization.Digits.Value(13, 0));
        Assert.Equal(((77 / 255.0) - 0.4465) / 0.2010, ThreeChannels.Value(77, 2), 14);
        Assert.Equal(200, Normalization.None.Value(200, 0));
    }

    [Fact]
    public void AMistypedNormalizationIsAnsweredWithTheNearest() => Assert.Equal("There is no normalization \"pixle-std\". Did you mean \"pixel-std\"? "
        + "Known: none, unit, half, standard, per-image-std, pixel-std, imagenet, mean-image, mnist, digits.",
        Assert.Throws<BadInputException>(() => Normalization.Find("pixle-std")).Message);

    [Fact]
    public void TheMeanImageOfTheTrainingPartIsSubtracted()
    {
        var images = Images(new ImageShape(5, 7, 3), 20);
        int[] training = [1, 4, 5, 19];
        var normalization = Normalization.Find("mean-image").FittedTo(new DataPart("train", images, training));
        double[] values = new double[105];
        float[] singles = new float[105];
        ImageBatch.Fill(images, [7], normalization, values);
        ImageBatch.Fill(images, [7], normalization, singles);

        double[] means = [.. Enumerable.Range(0, 105).Select(i => training.Average(index => (double)images.Image(index)[i]))];
        Assert.Equal(Enumerable.Range(0, 105).Select(i => images.Image(7)[i] - means[i]), values);
        Assert.Equal(Enumerable.Range(0, 105).Select(i => images.Image(7)[i] - (float)means[i]), singles);
        Assert.Equal(normalization.Value(9, 100), 9 - means[100]);
    }

    [Fact]
    public void WithoutAMeanNothingIsFilled()
    {
        Assert.False(Normalization.MeanImage.IsFitted);
        Assert.True(Normalization.PixelStd.IsFitted);
        Assert.Same(Normalization.Mnist, Normalization.Mnist.FittedTo(DataPart.Whole("train", Images(new ImageShape(1, 1, 1), 1))));
        _ = Assert.Throws<InvalidOperationException>(() =>
            ImageBatch.Fill(Images(new ImageShape(1, 1, 1), 1), [0], Normalization.MeanImage, new float[1]));
    }

    // The same bits on every machine: a product and a sum, each rounded, never one fused operation.
    [Fact]
    public void FloatsAreRoundedAfterTheProductAndAfterTheSum()
    {
        var images = new LabeledImages(new ImageShape(16, 16, 1), [.. Enumerable.Range(0, 256).Select(i => (byte)i)], [0], 1);
        float[] values = new float[256];
        ImageBatch.Fill(images, [0], Normalization.Mnist, values);
        float scale = (float)(1 / (255 * 0.3081)), shift = (float)(-0.1307 / 0.3081);
        float[] expected = [.. Enumerable.Range(0, 256).Select(i => (float)((double)(float)((double)i * scale) + shift))];

        Assert.Equal(expected, values);
        Assert.NotEqual(expected, Enumerable.Range(0, 256).Select(i => MathF.FusedMultiplyAdd(i, scale, shift)));
    }

    [Fact]
    public void FillingAllocatesNothing()
    {
        var images = Images(new ImageShape(28, 28, 1), 100);
        int[] indices = [.. Enumerable.Range(0, 64)], labels = new int[64];
        float[] singles = new float[64 * 784];
        double[] doubles = new double[64 * 784];
        Assert.Equal(0, Allocated.BySteadyRuns(() =>
        {
            ImageBatch.Fill(images, indices, Normalization.Mnist, singles);
            ImageBatch.Fill(images, indices, Normalization.Mnist, doubles);
            ImageBatch.FillLabels(images, indices, labels);
        }));
    }

    [Fact]
    public void LabelsFollowTheIndices()
    {
        var images = Images(new ImageShape(1, 1, 1), 9);
        int[] labels = new int[3];
        ImageBatch.FillLabels(images, [8, 0, 8], labels);

        Assert.Equal([images.Labels[8], images.Labels[0], images.Labels[8]], labels.Select(label => (byte)label));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var images = Images(new ImageShape(2, 2, 1), 3);

        foreach (int index in new[] { -1, 3, int.MaxValue, int.MinValue })
        {
            _ = Assert.Throws<ArgumentOutOfRangeException>(() => ImageBatch.Fill(images, [0, index], Normalization.None, new float[8]));
            _ = Assert.Throws<ArgumentOutOfRangeException>(() => ImageBatch.FillLabels(images, [0, index], new int[2]));
        }

        _ = Assert.Throws<ArgumentException>(() => ImageBatch.Fill(images, [0], Normalization.None, new float[5]));
        _ = Assert.Throws<ArgumentException>(() => ImageBatch.FillLabels(images, [0], new int[2]));
        _ = Assert.Throws<ArgumentException>(() => ImageBatch.Fill(images, [0], ThreeChannels, new float[4]));
        _ = Assert.Throws<NotSupportedException>(() => ImageBatch.Fill(images, [0], Normalization.None, new Half[4]));
    }

    [Fact]
    public void ImagesAndLabelsMustAgree()
    {
        var shape = new ImageShape(2, 2, 1);

        _ = Assert.Throws<ArgumentException>(() => new LabeledImages(shape, new byte[7], [0, 1], 2));
        _ = Assert.Throws<ArgumentException>(() => new LabeledImages(shape, new byte[8], [0, 2], 2));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new LabeledImages(new ImageShape(0, 2, 1), [], [], 2));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new LabeledImages(shape, new byte[4], [0], 257));
    }

    static void RequireFormula<T>(LabeledImages images, int[] indices, Normalization normalization, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = images.Shape;
        T[] values = new T[indices.Length * shape.Length];
        ImageBatch.Fill(images, indices, normalization, values);
        for (int i = 0; i < values.Length; i++)
        {
            double expected = normalization.Value(
                images.Pixels[(indices[i / shape.Length] * shape.Length) + (i % shape.Length)], i % shape.Channels);
            Assert.Equal(expected, double.CreateChecked(values[i]), tolerance * Math.Max(1, Math.Abs(expected)));
        }
    }

    static LabeledImages Images(ImageShape shape, int count) => new(shape,
        [.. Enumerable.Range(0, count * shape.Length).Select(i => (byte)((uint)(i * 2654435761) >> 24))],
        [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7 % 10))], 10);
}
