using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Steps;

/// <summary>One optimizer step over given parameters, gradients in place; and a copy that moves the same bytes.</summary>
static class OptimizerSteps
{
    /// <summary>Shapes as in the PyTorch script: a small CNN of 2,175,626 parameters.</summary>
    public static IReadOnlyList<Shape> SmallCnn { get; } =
        [new(64, 3, 3, 3), new(64), new(128, 64, 3, 3), new(128), new(256, 8192), new(256), new(10, 256), new(10)];

    /// <summary>As many parameters as ResNet-18 has for ten classes: 11,173,962 with the 3×3 stem.</summary>
    public static IReadOnlyList<Shape> ResNet18 { get; } = [new(11_173_962)];

    public static Timing Measure(IOptimizer optimizer, IReadOnlyList<Shape> shapes, int threads, double seconds)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>([.. shapes.Select((shape, i) => new ParameterInfo($"p{i}", shape, ParameterTraits.Weight))]);
        var stream = new RandomStream(0, StreamPurpose.Noise, 0);
        foreach (ref float g in parameters.Gradients.Span)
        {
            g = (float)stream.NextNormal();
        }

        using var run = new OptimizerRun<float>(optimizer, parameters, executor);
        return Timing.Measure(() => run.Step(), seconds);
    }

    /// <summary>Copies as many bytes as the step reads and writes: the floor that memory sets.</summary>
    public static Timing MeasureCopy(long bytesMoved, int threads, double seconds)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var arena = new Arena();
        int count = (int)(bytesMoved / 2 / sizeof(float));
        Tensor<float> from = arena.Allocate<float>(new Shape(count)), to = arena.Allocate<float>(new Shape(count));
        var copy = Elementwise.Map(from, to, static (x, y) => x.CopyTo(y));
        return Timing.Measure(() => executor.Run(copy), seconds);
    }
}
