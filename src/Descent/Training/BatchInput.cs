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

    public BatchInput(Tensor<T> images, Labels labels, Normalization normalization)
    {
        (this.images, this.labels, this.normalization) = (images, labels, normalization);
        indices = new int[labels.Count];
        work = new Work((indices.Length + ImagesPerChunk - 1) / ImagesPerChunk, FillChunk);
    }

    /// <summary>Brings the images at <paramref name="batch"/> in, as many as the graph was recorded for.</summary>
    public void Load(Executor executor, LabeledImages from, ReadOnlySpan<int> batch)
    {
        batch.CopyTo(indices);
        source = from;
        executor.Run(work);
        ImageBatch.FillLabels(from, batch, labels.Span);
    }

    void FillChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, indices.Length - first);
        int length = images.Count / indices.Length;
        ImageBatch.Fill(source!, indices.AsSpan(first, count), normalization, images.Span.Slice(first * length, count * length));
    }
}
