using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Kernels;

/// <summary>Muon's orthogonalization, five steps of Newton and Schulz, of the weights that ResNet-18 has, as a share of the peak measured in this
/// process. Counted are the multiply-adds that are done: of the symmetric products one triangle.</summary>
static class Orthogonalizations
{
    const int Steps = 5;

    static readonly (int Rows, int Columns)[] Shapes =
        [(64, 576), (128, 576), (128, 1152), (256, 1152), (256, 2304), (512, 2304), (512, 4608), (128, 64), (256, 128), (512, 256), (512, 512)];

    public static void Run(int threads)
    {
        double peak = FmaPeak.Measure();
        Console.WriteLine($"{VectorWidth.Bits}-bit vectors, FMA peak of one core {peak:F1} GFLOP/s, {threads} thread(s); share of one core");
        foreach (var (rows, columns) in Shapes)
        {
            double n = Math.Min(rows, columns), k = Math.Max(rows, columns);
            double work = Steps * ((n * (n + 1) * k) + (n * n * (n + 1)) + (2 * n * n * k)) / 1e9;
            double nominal = Steps * ((4 * n * n * k) + (2 * n * n * n)) / 1e9;
            var measure = new Measurement(threads, rows, columns);
            VectorWidth.Run<float, Measurement>(ref measure);
            var timing = measure.Timing;
            Console.WriteLine($"{rows,4}x{columns,5}  best {timing.BestSeconds * 1e3,8:F2} ms, {work / timing.BestSeconds / peak,6:P0} "
                + $"(median {work / timing.MedianSeconds / peak,5:P0}); as whole products {nominal / timing.BestSeconds / peak,6:P0}");
        }
    }

    struct Measurement(int threads, int rows, int columns) : IVectorAction<float>
    {
        public Timing Timing { get; private set; }

        public void Run<V>() where V : struct, IVector<V, float>
        {
            using var pool = new WorkerPool(threads);
            using var executor = pool.CreateExecutor();
            using var memory = new NewtonSchulzMemory<float>([(rows, columns)]);
            var plan = new NewtonSchulz<V, float>(memory, executor, rows, columns, "jordan", Steps, 1e-7);
            var stream = new RandomStream(0, StreamPurpose.Noise, 0);
            foreach (ref float x in plan.Input.Span)
            {
                x = (float)stream.NextNormal();
            }

            Timing = Timing.Measure(plan.Run, 0.7);
        }
    }
}
