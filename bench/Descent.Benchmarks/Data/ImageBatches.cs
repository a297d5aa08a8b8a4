using System.Runtime.CompilerServices;
using Descent.Data;
using Descent.Tensors;

namespace Descent.Benchmarks.Data;

/// <summary>Batches of 128 images filled from an epoch's shuffled order on one core, as they are or cropped and mirrored: images and output bytes a second.</summary>
static class ImageBatches
{
    const int Batch = 128;

    public static void Run()
    {
        Measure<float>(new ImageShape(8, 8, 1), 1437, Normalization.Digits);
        Measure<float>(new ImageShape(28, 28, 1), 60_000, Normalization.Mnist);
        Measure<double>(new ImageShape(28, 28, 1), 60_000, Normalization.Mnist);
        Measure<float>(new ImageShape(32, 32, 3), 50_000, Normalization.PerImageStd);
        Measure<float>(new ImageShape(32, 32, 3), 50_000, Normalization.PerImageStd, Augmentation.CropAndFlip);
        Measure<double>(new ImageShape(32, 32, 3), 50_000, Normalization.PerImageStd, Augmentation.CropAndFlip);
    }

    static void Measure<T>(ImageShape shape, int count, Normalization normalization, Augmentation? augmentation = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        byte[] pixels = new byte[count * shape.Length];
        var stream = new RandomStream(0, StreamPurpose.Noise, 0);
        foreach (ref byte pixel in pixels.AsSpan())
        {
            pixel = (byte)stream.NextUInt32();
        }

        var images = new LabeledImages(shape, pixels, new byte[count], classCount: 10);
        var order = BatchOrder.Shuffled(DataPart.Whole("train", images), Batch, seed: 0);
        int[] indices = new int[Batch];
        var values = new T[Batch * shape.Length];
        var timing = Timing.Measure(Epoch, seconds: 2);
        double bytes = (double)pixels.Length * Unsafe.SizeOf<T>();
        Console.WriteLine($"{shape,-8} {typeof(T).Name,-6} {augmentation?.Name,-9} best {count / timing.BestSeconds / 1e6,6:F2} M images/s {bytes / timing.BestSeconds / 1e9,5:F1} GB/s, "
            + $"median {bytes / timing.MedianSeconds / 1e9,5:F1} GB/s of output");

        void Epoch()
        {
            order.Start(order.Epoch);
            for (int length; (length = order.NextBatch(indices)) > 0;)
            {
                var batch = indices.AsSpan(0, length);
                var destination = values.AsSpan(0, length * shape.Length);
                if (augmentation is null)
                {
                    ImageBatch.Fill(images, batch, normalization, destination);
                }
                else
                {
                    ImageBatch.Fill(images, batch, normalization, augmentation.At(seed: 0, order.Epoch), destination);
                }
            }
        }
    }
}
