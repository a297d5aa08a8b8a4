using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Kernels;

/// <summary>Products of the shapes that training meets, as a share of the peak measured in this process.</summary>
static class MatrixProducts
{
    public static void Run(int threads)
    {
        double peak = FmaPeak.Measure();
        Console.WriteLine($"{VectorWidth.Bits}-bit vectors, FMA peak of one core {peak:F1} GFLOP/s, {threads} thread(s)");
        foreach (var (transposition, rows, columns, depth) in ((Transposition, int, int, int)[])
        [
            (Transposition.Right, 128, 128, 784), (Transposition.Left, 128, 784, 128), (Transposition.Right, 128, 10, 128),
            (Transposition.None, 128, 128, 10), (Transposition.Left, 10, 128, 128), (Transposition.None, 1024, 1024, 1024),
            (Transposition.Right, 256, 256, 8192), (Transposition.None, 8192, 256, 256), (Transposition.None, 100, 100, 3072),
        ])
        {
            var timing = Measure(threads, transposition, rows, columns, depth);
            double rate = 2.0 * rows * columns * depth / 1e9;
            Console.WriteLine($"{transposition,-6} {rows,5}x{columns,5}x{depth,5}  best {timing.BestSeconds * 1e6,9:F1} us  "
                + $"{rate / timing.BestSeconds,7:F1} GFLOP/s  {rate / timing.BestSeconds / peak,6:P0} of one core, median {rate / timing.MedianSeconds / peak,6:P0}");
        }
    }

    static Timing Measure(int threads, Transposition transposition, int rows, int columns, int depth)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        var a = tape.Constant(transposition == Transposition.Left ? new Shape(depth, rows) : new Shape(rows, depth), 1e-3);
        var b = tape.Constant(transposition == Transposition.Right ? new Shape(columns, depth) : new Shape(depth, columns), 1e-3);
        MatrixProduct.Record(tape, transposition, a, b, tape.Tensor(rows, columns));
        return Timing.Measure(tape.Replay, 0.5);
    }
}
