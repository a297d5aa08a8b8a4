using BenchmarkDotNet.Attributes;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Optimizers;

/// <summary>One step of every rule of the catalog with its defaults; the unit is one parameter.</summary>
public class OptimizerBenchmarks : IDisposable
{
    const int Count = 1_000_000;

    WorkerPool? pool;
    Executor? executor;
    Parameters<float>? parameters;
    OptimizerRun<float>? run;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => OptimizerCatalog.Default.Optimizers.Select(description => description.Name);

    [GlobalSetup]
    public void SetUp()
    {
        pool = new WorkerPool(1);
        executor = pool.CreateExecutor();
        parameters = new Parameters<float>([new ParameterInfo("p", new Shape(Count), ParameterTraits.Weight)]);
        parameters.Gradients.Span.Fill(1e-3f);
        run = new OptimizerRun<float>(OptimizerCatalog.Default.Create(Name, new Dictionary<string, object>()), parameters, executor);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Step() => run!.Step();

    [GlobalCleanup]
    public void Dispose()
    {
        run?.Dispose();
        parameters?.Dispose();
        executor?.Dispose();
        pool?.Dispose();
        GC.SuppressFinalize(this);
    }
}
