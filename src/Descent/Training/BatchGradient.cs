using Descent.Data;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>The mean loss of a step's batch and its gradient, worked on piece by piece where the batch is larger than the physical one.</summary>
/// <remarks>Each piece leaves the gradient of its sum of losses; these are added in the order of the pieces and divided once by the number of images, so that a smaller last
/// piece and a smaller last batch count as they should. A batch in one piece has the same bits as without pieces. Layers that look at a whole batch, as batch norm,
/// see a piece: with them the gradient is another one.</remarks>
sealed class BatchGradient<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly TrainingSettings settings;
    readonly TrainingData data;
    readonly Parameters<T> parameters;
    readonly Dictionary<(int Count, Reduction Reduction), StepGraph<T>> graphs = [];
    readonly Dictionary<(int Count, Reduction Reduction), HessianGraph<T>> hessians = [];
    readonly StepPosition position;
    readonly int largestPiece;
    readonly GradientSum<T>? sum;

    public BatchGradient(Executor executor, TrainingSettings settings, TrainingData data, Parameters<T> parameters)
    {
        (this.executor, this.settings, this.data, this.parameters) = (executor, settings, data, parameters);
        position = new StepPosition(settings.Seed);
        largestPiece = settings.PhysicalBatch is { } size ? Math.Min(size, settings.BatchSize) : settings.BatchSize;
        sum = largestPiece < settings.BatchSize ? new GradientSum<T>(executor, parameters.Gradients) : null;
    }

    /// <summary>Leaves the gradient of the batch's mean loss in the parameters' buffer and returns the loss.</summary>
    /// <param name="batch">Indices into the training images.</param>
    /// <param name="step">Steps taken before this one.</param>
    /// <param name="epoch">The present epoch, which the augmentation goes by.</param>
    public double Run(ReadOnlySpan<int> batch, long step, int epoch)
    {
        var augmentation = settings.Augmentation?.At(settings.Seed, epoch);
        position.Step = step;
        position.FirstImage = 0;
        return sum is null || batch.Length <= largestPiece
            ? Graph(batch.Length, Reduction.Mean).Run(data.Train.Images, batch, augmentation)
            : Accumulate(sum, batch, augmentation);
    }

    /// <summary>The same at other parameters within one step: the same augmentation and the same dropped activations, and running statistics stay.</summary>
    public double RunAgain(ReadOnlySpan<int> batch, long step, int epoch)
    {
        position.MovesStatistics = false;
        double loss = Run(batch, step, epoch);
        position.MovesStatistics = true;
        return loss;
    }

    /// <summary>product = H·direction, with the Hessian of the batch's mean loss at the present parameters; running statistics stay.</summary>
    public void MultiplyByHessian(ReadOnlySpan<int> batch, long step, int epoch, Tensor<T> direction, Tensor<T> product)
    {
        var augmentation = settings.Augmentation?.At(settings.Seed, epoch);
        (position.Step, position.MovesStatistics) = (step, false);
        product.Span.Clear();
        bool isWhole = sum is null || batch.Length <= largestPiece;
        for (int first = 0; first < batch.Length; first += largestPiece)
        {
            var piece = batch.Slice(first, Math.Min(largestPiece, batch.Length - first));
            position.FirstImage = first;
            var graph = HessianGraph(piece.Length, isWhole ? Reduction.Mean : Reduction.Sum);
            graph.Run(data.Train.Images, piece, augmentation, direction);
            TensorPrimitives.Add<T>(product.Span, graph.Product.Span, product.Span);
        }

        position.MovesStatistics = true;
        if (!isWhole)
        {
            TensorPrimitives.Divide(product.Span, T.CreateTruncating(batch.Length), product.Span);
        }
    }

    public void Dispose()
    {
        foreach (var graph in graphs.Values)
        {
            graph.Dispose();
        }

        foreach (var graph in hessians.Values)
        {
            graph.Dispose();
        }

        sum?.Dispose();
    }

    double Accumulate(GradientSum<T> gradients, ReadOnlySpan<int> batch, EpochAugmentation? augmentation)
    {
        double loss = 0;
        for (int first = 0; first < batch.Length; first += largestPiece)
        {
            var piece = batch.Slice(first, Math.Min(largestPiece, batch.Length - first));
            position.FirstImage = first;
            loss += piece.Length * Graph(piece.Length, Reduction.Sum).Run(data.Train.Images, piece, augmentation);
            if (first == 0)
            {
                gradients.Begin();
            }
            else
            {
                gradients.Add();
            }
        }

        gradients.Finish(batch.Length);
        return loss / batch.Length;
    }

    StepGraph<T> Graph(int count, Reduction reduction)
    {
        if (!graphs.TryGetValue((count, reduction), out var graph))
        {
            graph = new StepGraph<T>(executor, settings.Model, parameters, data.Normalization, count, Options(reduction));
            graphs.Add((count, reduction), graph);
        }

        return graph;
    }

    HessianGraph<T> HessianGraph(int count, Reduction reduction)
    {
        if (!hessians.TryGetValue((count, reduction), out var graph))
        {
            graph = new HessianGraph<T>(executor, settings.Model, parameters, data.Normalization, count, Options(reduction));
            hessians.Add((count, reduction), graph);
        }

        return graph;
    }

    StepGraphOptions Options(Reduction reduction) => new() { Reduction = reduction, IsExact = settings.IsExact, Position = position };
}
