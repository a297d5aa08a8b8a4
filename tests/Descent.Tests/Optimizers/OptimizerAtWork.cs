using System.Numerics;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers;

/// <summary>An optimizer with parameters and threads of its own.</summary>
sealed class OptimizerAtWork<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly WorkerPool pool;
    readonly Executor executor;

    public OptimizerAtWork(IOptimizer optimizer, int[] counts, int threads = 1, int? vectorBits = null)
    {
        pool = new WorkerPool(threads);
        executor = pool.CreateExecutor();
        var infos = counts.Select((count, i) => new ParameterInfo($"w{i}", new Shape(count), ParameterTraits.Weight));
        Parameters = new Parameters<T>([.. infos]);
        Run = new OptimizerRun<T>(optimizer, Parameters, executor, vectorBits ?? VectorWidth.Bits);
    }

    public Parameters<T> Parameters { get; }

    public OptimizerRun<T> Run { get; }

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
        for (int i = 0; i < count; i++)
        {
            Fill(Gradients, seed, (ulong)Run.Steps + 1);
            Run.Step(scheduleFactor: 1 - (0.01 * Run.Steps), gradientScale: 0.7);
        }

        return this;
    }

    public void Dispose()
    {
        Run.Dispose();
        Parameters.Dispose();
        executor.Dispose();
        pool.Dispose();
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
