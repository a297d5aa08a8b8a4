using System.Runtime.CompilerServices;
using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The mean loss of a model over some images as a function of its parameters, with its gradient and the products with its Hessian.</summary>
/// <remarks>The images come in file order, in batches whose sums are added in their order: the results have the same bits for any number of threads. In evaluation
/// mode batch norm takes the running statistics and the loss is that of <see cref="Evaluation{T}"/>, to the bit; how the images are cut into batches matters to rounding alone. In
/// training mode batch norm takes each batch's own statistics, so that the loss is the mean over batches of <see cref="BatchSize"/>; dropout drops the same activations in every
/// call. Running statistics stay.</remarks>
public sealed class LossSurface<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Model model;
    readonly Normalization normalization;
    readonly StepPosition position;
    readonly LossGraphs<T> losses;
    readonly Dictionary<int, StepGraph<T>> gradients = [];
    readonly Dictionary<int, HessianGraph<T>> hessians = [];
    readonly GradientSum<T> sum;
    readonly StepGraphOptions options;

    /// <param name="parameters">Where the surface is looked at; they may be changed between calls and belong to the caller.</param>
    /// <param name="normalization">Fitted.</param>
    /// <param name="mode">Of batch norm and dropout.</param>
    /// <param name="batchSize">Images a batch in training mode, at least 1 and at most the images of the part; in evaluation mode null.</param>
    /// <param name="isExact">Whether convolutions are summed tap by tap.</param>
    /// <exception cref="BadInputException">There are no images, or the batch does not fit.</exception>
    public LossSurface(Executor executor, Model model, Parameters<T> parameters, DataPart part, Normalization normalization, Mode mode, int? batchSize = null,
        bool isExact = false)
    {
        (this.executor, this.model, this.normalization, Parameters, Part) = (executor, model, normalization, parameters, part);
        BatchSize = SurfaceBatches.Size(model, part, mode, batchSize) ?? EvaluationBatch.Largest(model, Unsafe.SizeOf<T>(), EvaluationBatch.AnalysisBytes);
        position = new StepPosition(seed: 0) { MovesStatistics = false };
        options = new() { Reduction = Reduction.Sum, IsExact = isExact, Mode = mode, Position = position };
        losses = new LossGraphs<T>(executor, model, parameters, normalization, options, mode == Mode.Training ? BatchSize : EvaluationBatch.Largest(model, Unsafe.SizeOf<T>()));
        sum = new GradientSum<T>(executor, parameters.Gradients);
    }

    public Parameters<T> Parameters { get; }

    public DataPart Part { get; }

    public Mode Mode => options.Mode;

    /// <summary>Images a batch, the last may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Told of each product with the Hessian; null where nobody asks.</summary>
    public AnalysisProgress? Progress { get; set; }

    /// <summary>Products with the Hessian taken so far.</summary>
    public long HessianProducts { get; private set; }

    /// <summary>The mean loss at the present parameters.</summary>
    public double Loss() => losses.Mean(Part);

    /// <summary>Leaves the gradient of the mean loss in the parameters' buffer and returns the loss as the gradient's batches give it.</summary>
    public double Gradient()
    {
        double loss = 0;
        foreach (var (first, batch) in SurfaceBatches.Of(Part, BatchSize))
        {
            position.FirstImage = first;
            loss += batch.Length * Graph(batch.Length).Run(Part.Images, batch.Span);
            if (first == 0)
            {
                sum.Begin();
            }
            else
            {
                sum.Add();
            }
        }

        sum.Finish(Part.Count);
        return loss / Part.Count;
    }

    /// <summary>The mean over batches of the squares of their gradients, number by number: where the second moment of an adaptive rule would come to rest at these
    /// parameters. Images that do not fill a batch are left out.</summary>
    /// <param name="batchSize">Images a batch; at least 1. All images are one batch where there are fewer.</param>
    public double[] MeanSquaredGradient(int batchSize)
    {
        double[] squares = new double[Parameters.Count], gradient = new double[Parameters.Count];
        int size = Math.Min(batchSize, Part.Count), batches = Part.Count / size;
        foreach (var (first, batch) in SurfaceBatches.Of(Part, size).Take(batches))
        {
            position.FirstImage = first;
            _ = Graph(size).Run(Part.Images, batch.Span);
            TensorPrimitives.ConvertTruncating<T, double>(Parameters.Gradients.Span, gradient);
            TensorPrimitives.MultiplyAdd(gradient, gradient, squares, squares);
        }

        TensorPrimitives.Divide(squares, (double)batches * size * size, squares);
        return squares;
    }

    /// <summary>product = H·direction with the Hessian of the mean loss at the present parameters, exact but for rounding.</summary>
    public void MultiplyByHessian(Tensor<T> direction, Tensor<T> product)
    {
        product.Span.Clear();
        foreach (var (first, batch) in SurfaceBatches.Of(Part, BatchSize))
        {
            position.FirstImage = first;
            var graph = HessianGraph(batch.Length);
            graph.Run(Part.Images, batch.Span, null, direction);
            TensorPrimitives.Add<T>(product.Span, graph.Product.Span, product.Span);
        }

        TensorPrimitives.Divide(product.Span, T.CreateTruncating(Part.Count), product.Span);
        HessianProducts++;
        Progress?.Count();
    }

    public void Dispose()
    {
        foreach (var graph in gradients.Values)
        {
            graph.Dispose();
        }

        foreach (var graph in hessians.Values)
        {
            graph.Dispose();
        }

        losses.Dispose();
        sum.Dispose();
    }

    StepGraph<T> Graph(int count)
    {
        if (!gradients.TryGetValue(count, out var graph))
        {
            graph = new StepGraph<T>(executor, model, Parameters, normalization, count, options);
            gradients.Add(count, graph);
        }

        return graph;
    }

    HessianGraph<T> HessianGraph(int count)
    {
        if (!hessians.TryGetValue(count, out var graph))
        {
            graph = new HessianGraph<T>(executor, model, Parameters, normalization, count, options);
            hessians.Add(count, graph);
        }

        return graph;
    }
}
