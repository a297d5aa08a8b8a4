using System.Numerics;
using Descent.Optimizers.Clipping;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers.Clipping;

/// <summary>Parameters with gradients made by the formulas of Golden/generate.py.</summary>
sealed class ClippedModel<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly (string Name, Shape Shape, double Size, double Slope, ParameterTraits Traits)[] slots =
    [
        ("fc1.weight", new(4, 6), 0.5, 1, ParameterTraits.Weight | ParameterTraits.FirstLayer),
        ("fc1.bias", new(4), 0.0001, 0.2, ParameterTraits.Bias | ParameterTraits.FirstLayer),
        ("conv.weight", new(3, 2, 2, 5), 2, 0.05, ParameterTraits.Weight),
        ("norm.weight", new(3), 1, 0.0005, ParameterTraits.Normalization),
        ("head.weight", new(2, 4), 0.3, 3, ParameterTraits.Weight | ParameterTraits.Head),
        ("head.bias", new(2), 0.1, 2, ParameterTraits.Bias | ParameterTraits.Head),
    ];

    static readonly double[] loud = [1, 0.3, 4, 0.8, 0.05, 1.2, 1.1, 9, 0.7, 1];

    readonly WorkerPool pool;
    readonly SquaredNorm<T> squaredNorm;

    public ClippedModel(int threads = 1, int copies = 1)
    {
        pool = new WorkerPool(threads);
        Executor = pool.CreateExecutor();
        Parameters = new Parameters<T>([.. Enumerable.Range(0, copies).SelectMany(i =>
            slots.Select(slot => new ParameterInfo($"{i}.{slot.Name}", slot.Shape, slot.Traits)))]);
        squaredNorm = new SquaredNorm<T>(Parameters.Gradients);
    }

    public Executor Executor { get; }

    public Parameters<T> Parameters { get; }

    /// <summary>Values and gradients of a step.</summary>
    public void Fill(int t)
    {
        int k = 0;
        foreach (var (slot, i) in Parameters.Slots.Select((slot, i) => (slot, i)))
        {
            var (_, shape, size, slope, _) = slots[i % slots.Length];
            for (int j = 0; j < shape.Count; j++, k++)
            {
                slot.Value.Span[j] = T.CreateTruncating(size * Math.Sin((0.7 * k) + 1));
                slot.Gradient.Span[j] = T.CreateTruncating(loud[t] * slope * Math.Sin((0.31 * k) + (0.9 * t)));
            }
        }
    }

    public double Norm() => Math.Sqrt(squaredNorm.Run(Executor));

    /// <summary>As the update takes them.</summary>
    public double[] Gradients(double scale) => [.. Parameters.Gradients.Span.ToArray().Select(x => double.CreateTruncating(x) * scale)];

    public void Dispose()
    {
        Parameters.Dispose();
        Executor.Dispose();
        pool.Dispose();
    }
}

static class ClippedModel
{
    public static IClipping Create(string name, string settings) => ClippingCatalog.Default.Find(name).Create(
        settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => x.Split('=')).ToDictionary(x => x[0], x => (object)x[1]));
}
