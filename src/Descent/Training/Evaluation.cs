using System.Runtime.CompilerServices;
using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>What a model does on a split.</summary>
/// <param name="Loss">Mean over the images; NaN for an empty split.</param>
/// <param name="ClassCounts">Images of each class.</param>
/// <param name="Confusion">How many images of class i [row] were taken for class j [column]. An image whose logits hold a NaN is taken for none.</param>
public sealed record EvaluationResult(double Loss, IReadOnlyList<int> ClassCounts, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>Images of the split.</summary>
    public int Count => ClassCounts.Sum();

    /// <summary>Where the targets are numbers, R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)² over all outputs: 1 is perfect, 0 what the mean ȳ does. Null where they are classes.</summary>
    public double? Determination { get; init; }

    /// <summary>The fraction of images whose largest logit is their label's, or <see cref="Determination"/>; NaN for an empty split.</summary>
    public double Accuracy => Determination ?? (Correct / (double)Count);

    /// <summary>How many images were taken for what they are.</summary>
    public int Correct => Confusion.Select((row, label) => row[label]).Sum();

    /// <summary>The accuracy on the images of each class; NaN for one without images.</summary>
    public IReadOnlyList<double> ClassAccuracy => [.. Confusion.Select((row, label) => row[label] / (double)ClassCounts[label])];
}

/// <summary>Loss and predictions of a model over whole splits, in evaluation mode, on graphs that are recorded once.</summary>
public sealed class Evaluation<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Model model;
    readonly Parameters<T> parameters;
    readonly Normalization normalization;
    readonly Dictionary<int, Graph> graphs = [];
    readonly int largestBatch;

    public Evaluation(Executor executor, Model model, Parameters<T> parameters, Normalization normalization)
    {
        (this.executor, this.model, this.parameters, this.normalization) = (executor, model, parameters, normalization);
        largestBatch = EvaluationBatch.Largest(model, Unsafe.SizeOf<T>());
    }

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms.</summary>
    public bool IsExact { get; init; }

    /// <param name="measured">Told after each batch how many images it had.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult Run(DataPart part, Action<int>? measured = null, CancellationToken token = default)
    {
        if (part.Images.Targets is not null)
        {
            return RunNumbers(part, measured, token);
        }

        int[] counts = new int[model.Classes];
        var confusion = Enumerable.Range(0, model.Classes).Select(_ => new int[model.Classes]).ToArray();
        double total = 0;
        for (int start = 0; start < part.Count; start += largestBatch)
        {
            token.ThrowIfCancellationRequested();
            var batch = part.Indices.Slice(start, Math.Min(largestBatch, part.Count - start));
            total += batch.Length * Find(batch.Length).Run(executor, part.Images, batch, confusion);
            foreach (int image in batch)
            {
                counts[part.Images.Labels[image]]++;
            }

            measured?.Invoke(batch.Length);
        }

        return new EvaluationResult(total / part.Count, counts, confusion);
    }

    /// <summary>The logits of some images, row after row.</summary>
    /// <param name="batch">Indices into the images.</param>
    public T[] Logits(LabeledImages images, ReadOnlySpan<int> batch)
    {
        var logits = new T[batch.Length * model.Classes];
        for (int start = 0; start < batch.Length; start += largestBatch)
        {
            var piece = batch.Slice(start, Math.Min(largestBatch, batch.Length - start));
            Find(piece.Length).Logits(executor, images, piece).CopyTo(logits.AsSpan(start * model.Classes));
        }

        return logits;
    }

    EvaluationResult RunNumbers(DataPart part, Action<int>? measured, CancellationToken token)
    {
        double total = 0, residual = 0;
        var logits = new double[model.Classes];
        for (int start = 0; start < part.Count; start += largestBatch)
        {
            token.ThrowIfCancellationRequested();
            var batch = part.Indices.Slice(start, Math.Min(largestBatch, part.Count - start));
            var graph = Find(batch.Length);
            var rows = graph.Logits(executor, part.Images, batch);
            for (int i = 0; i < batch.Length; i++)
            {
                TensorPrimitives.ConvertTruncating(rows.Slice(i * logits.Length, logits.Length), logits);
                residual += double.Pow(TensorPrimitives.Distance(logits, part.Images.Targets!.Row(batch[i])), 2);
            }

            total += batch.Length * graph.Loss;
            measured?.Invoke(batch.Length);
        }

        return new EvaluationResult(total / part.Count, [part.Count], []) { Determination = 1 - (residual / part.Images.Targets!.SumOfSquares(part.Indices)) };
    }

    public void Dispose()
    {
        foreach (var graph in graphs.Values)
        {
            graph.Dispose();
        }
    }

    Graph Find(int batchSize)
    {
        if (!graphs.TryGetValue(batchSize, out var graph))
        {
            graph = new Graph(this, batchSize);
            graphs.Add(batchSize, graph);
        }

        return graph;
    }

    sealed class Graph : IDisposable
    {
        readonly Tape<T> tape;
        readonly BatchInput<T> input;
        readonly Tensor<T> logits, loss;

        public Graph(Evaluation<T> owner, int batchSize)
        {
            tape = new Tape<T>(owner.executor) { IsExact = owner.IsExact };
            input = new BatchInput<T>(tape, owner.model, batchSize, owner.normalization);
            logits = owner.model.Forward(tape, owner.parameters, input.Images);
            loss = input.LossOf(tape, logits);
        }

        /// <summary>Returns the mean loss and counts the predictions.</summary>
        public double Run(Executor executor, LabeledImages images, ReadOnlySpan<int> batch, int[][] confusion)
        {
            var rows = Logits(executor, images, batch);
            int classes = confusion.Length;
            for (int i = 0; i < batch.Length; i++)
            {
                int predicted = Largest(rows.Slice(i * classes, classes));
                if (predicted >= 0)
                {
                    confusion[input.Labels.Span[i]][predicted]++;
                }
            }

            return Loss;
        }

        /// <summary>The mean loss of the last run.</summary>
        public double Loss => double.CreateTruncating(loss.Item);

        /// <summary>They stay until the next run.</summary>
        public ReadOnlySpan<T> Logits(Executor executor, LabeledImages images, ReadOnlySpan<int> batch)
        {
            input.Load(executor, images, batch);
            tape.Replay();
            return logits.Span;
        }

        public void Dispose() => tape.Dispose();

        /// <summary>The place of the first of the largest, or −1 where one is NaN.</summary>
        static int Largest(ReadOnlySpan<T> values)
        {
            int largest = 0;
            for (int i = 0; i < values.Length; i++)
            {
                if (T.IsNaN(values[i]))
                {
                    return -1;
                }

                largest = values[i] > values[largest] ? i : largest;
            }

            return largest;
        }
    }
}
