using Descent.Data;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>The place where the images and labels of a batch lie for a recorded graph, and the work that brings them there.</summary>
sealed class BatchInput<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ImagesPerChunk = 16;

    readonly Tensor<T> images;
    readonly Labels labels;
    readonly Normalization normalization;
    readonly int[] indices;
    readonly Work work;
    LabeledImages? source;
    EpochAugmentation? augmentation;

    public BatchInput(Tensor<T> images, Labels labels, Normalization normalization)
    {
        (this.images, this.labels, this.normalization) = (images, labels, normalization);
        indices = new int[labels.Count];
        work = new Work((indices.Length + ImagesPerChunk - 1) / ImagesPerChunk, FillChunk);
    }

    /// <summary>Brings the images at <paramref name="batch"/> in, as many as the graph was recorded for, with the changes of the epoch where there are any.</summary>
    public void Load(Executor executor, LabeledImages from, ReadOnlySpan<int> batch, EpochAugmentation? changes = null)
    {
        augmentation = changes;
        batch.CopyTo(indices);
        source = from;
        executor.Run(work);
        ImageBatch.FillLabels(from, batch, labels.Span);
    }

    void FillChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, indices.Length - first);
        int length = images.Count / indices.Length;
        var batch = indices.AsSpan(first, count);
        var destination = images.Span.Slice(first * length, count * length);
        if (augmentation is { } changes)
        {
            ImageBatch.Fill(source!, batch, normalization, changes, destination);
        }
        else
        {
            ImageBatch.Fill(source!, batch, normalization, destination);
        }
    }
}
