using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>The place where a batch's images, and what the model should make of them, lie for a recorded graph, and the work that brings them there.</summary>
sealed class BatchInput<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ImagesPerChunk = 16;

    readonly Loss loss;
    readonly Tensor<T>? targets;
    readonly Normalization normalization;
    readonly int[] indices;
    readonly Work work;
    LabeledImages? source;
    EpochAugmentation? augmentation;

    /// <param name="tape">Has the memory.</param>
    /// <param name="count">Images of a batch.</param>
    public BatchInput(Tape<T> tape, Model model, int count, Normalization normalization)
    {
        (this.normalization, loss) = (normalization, model.Loss);
        Images = tape.Arena.Allocate<T>(model.Batch(count));
        Labels = tape.Labels(count);
        targets = loss == Loss.SquaredError ? tape.Arena.Allocate<T>(new Shape(count, model.Classes)) : null;
        indices = new int[count];
        work = new Work((indices.Length + ImagesPerChunk - 1) / ImagesPerChunk, FillChunk);
    }

    public Tensor<T> Images { get; }

    /// <summary>The classes; 0 where the targets are numbers.</summary>
    public Labels Labels { get; }

    /// <summary>The loss of what the model made of the images.</summary>
    public Tensor<T> LossOf(Tape<T> tape, Tensor<T> output) => loss.Of(tape, output, Labels, targets);

    /// <summary>Brings the images at <paramref name="batch"/> in, as many as the graph was recorded for, with the changes of the epoch where there are any.</summary>
    public void Load(Executor executor, LabeledImages from, ReadOnlySpan<int> batch, EpochAugmentation? changes = null)
    {
        augmentation = changes;
        batch.CopyTo(indices);
        source = from;
        executor.Run(work);
        ImageBatch.FillLabels(from, batch, Labels.Span);
        if (targets is not null)
        {
            ImageBatch.FillTargets(from, batch, targets.Span);
        }
    }

    void FillChunk(int chunk)
    {
        int first = chunk * ImagesPerChunk, count = Math.Min(ImagesPerChunk, indices.Length - first);
        int length = Images.Count / indices.Length;
        var batch = indices.AsSpan(first, count);
        var destination = Images.Span.Slice(first * length, count * length);
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
