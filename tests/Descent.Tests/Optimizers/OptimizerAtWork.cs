using System.Numerics;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers;

/// <summary>An optimizer with parameters and threads of its own.</summary>
sealed class OptimizerAtWork<T> : IDisposable, IGradientSource<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double Curvature = 0.1;

    readonly WorkerPool pool;
    readonly Executor executor;
    readonly double scale;
    ulong noiseSeed;

    public OptimizerAtWork(IOptimizer optimizer, int[] counts, int threads = 1, int? vectorBits = null)
        : this(optimizer, [.. counts.Select((count, i) => new ParameterInfo($"w{i}", new Shape(count), ParameterTraits.Weight))], threads, vectorBits)
    {
    }

    public OptimizerAtWork(IOptimizer optimizer, ParameterInfo[] infos, int threads = 1, int? vectorBits = null, double gradientScale = 0.7,
        ParameterGroup[]? groups = null)
    {
        pool = new WorkerPool(threads);
        executor = pool.CreateExecutor();
        scale = gradientScale;
        Parameters = new Parameters<T>(infos);
        Run = new OptimizerRun<T>(optimizer, Parameters, executor, vectorBits ?? VectorWidth.Bits, groups) { GradientSource = this, Seed = 7 };
        Gradient = NoisyQuadratic;
    }

    public Parameters<T> Parameters { get; }

    public OptimizerRun<T> Run { get; }

    /// <summary>Fills the gradients from the values and returns the loss. A quadratic with a random linear term that changes from step to step,
    /// unless set.</summary>
    public Func<double> Gradient { get; set; }

    public Span<T> Values => Parameters.Values.Span;

    public Span<T> Gradients => Parameters.Gradients.Span;

    /// <summary>Normal numbers keyed by the seed, the same for every optimizer.</summary>
    public OptimizerAtWork<T> Start(ulong seed)
    {
        Fill(Values, seed, 0);
        return this;
    }

    /// <summary>Takes steps with random gradients; the same at the same step number.</summary>
    public OptimizerAtWork<T> Steps(int count, ulong seed)
    {
        noiseSeed = seed;
        for (int i = 0; i < count; i++)
        {
            Step(1 - (0.01 * Run.Steps));
        }

        return this;
    }

    /// <summary>One step as a training takes it.</summary>
    public void Step(double scheduleFactor = 1)
    {
        Run.LookAhead(scheduleFactor);
        var evaluation = Evaluate();
        Run.Step(scheduleFactor, evaluation.GradientScale, evaluation.Loss);
    }

    public GradientEvaluation Evaluate() => new(Gradient(), scale);

    public void MultiplyByHessian(Tensor<T> direction, Tensor<T> product)
    {
        for (int k = 0; k < direction.Count; k++)
        {
            product.Span[k] = T.CreateTruncating(Curvature) * direction.Span[k];
        }
    }

    public void Dispose()
    {
        Run.Dispose();
        Parameters.Dispose();
        executor.Dispose();
        pool.Dispose();
    }

    double NoisyQuadratic()
    {
        Fill(Gradients, noiseSeed, (ulong)Run.Steps + 1);
        double loss = 0;
        for (int k = 0; k < Parameters.Count; k++)
        {
            double value = double.CreateTruncating(Values[k]), slope = double.CreateTruncating(Gradients[k]);
            loss += (slope * value) + (0.5 * Curvature * value * value);
            Gradients[k] = T.CreateTruncating(slope + (Curvature * value));
        }

        return loss;
    }

    static void Fill(Span<T> numbers, ulong seed, ulong index)
    {
        var stream = new RandomStream(seed, StreamPurpose.Noise, index);
        foreach (ref var number in numbers)
        {
            number = T.CreateTruncating(stream.NextNormal());
        }
    }
}
