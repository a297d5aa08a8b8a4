using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Kernels;

/// <summary>Convolutions of the shapes that the workloads have, as a share of the peak measured in this process. Counted are nominal operations, padding
/// included; skipped padding shows as more than its share.</summary>
static class Convolutions
{
    static readonly (string Name, int Images, ConvolutionGeometry Geometry)[] Shapes =
    [
        ("64->128@16", 64, new(16, 16, 64, 128, 3, 3, 1, 1)),
        ("64->64@32", 32, new(32, 32, 64, 64, 3, 3, 1, 1)),
        ("32->64@16", 128, new(16, 16, 32, 64, 3, 3, 1, 1)),
        ("64->64@8", 128, new(8, 8, 64, 64, 3, 3, 1, 1)),
        ("64->128@8/2", 128, new(8, 8, 64, 128, 3, 3, 2, 1)),
        ("1x1/2 64->128@8", 128, new(8, 8, 64, 128, 1, 1, 2, 0)),
        ("128->128@4", 128, new(4, 4, 128, 128, 3, 3, 1, 1)),
        ("256->256@2", 128, new(2, 2, 256, 256, 3, 3, 1, 1)),
        ("512->512@1", 128, new(1, 1, 512, 512, 3, 3, 1, 1)),
        ("3->64@32", 64, new(32, 32, 3, 64, 3, 3, 1, 1)),
        ("7x7/2 3->64@32", 64, new(32, 32, 3, 64, 7, 7, 2, 3)),
    ];

    public static void Run(int threads, double seconds, bool isExact)
    {
        double peak = FmaPeak.Measure();
        Console.WriteLine($"{VectorWidth.Bits}-bit vectors, FMA peak of one core {peak:F1} GFLOP/s, {threads} thread(s); best (median) share of one core");
        foreach (var (name, images, geometry) in Shapes)
        {
            double work = 2.0 * images * geometry.OutputPixels * geometry.Taps * geometry.Channels * geometry.Filters / 1e9;
            var shares = Enum.GetValues<Pass>().Select(pass => Measure(pass, threads, images, geometry, seconds, isExact))
                .Select(timing => $"{work / timing.BestSeconds / peak,6:P0} ({work / timing.MedianSeconds / peak:P0})");
            Console.WriteLine($"{name,-16} forward, input, weight: {string.Join("  ", shares)}");
        }
    }

    static Timing Measure(Pass pass, int threads, int images, ConvolutionGeometry g, double seconds, bool isExact)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor) { IsExact = isExact };
        var x = tape.Constant(new Shape(images, g.Height, g.Width, g.Channels), 1e-3);
        var weight = tape.Constant(new Shape(g.Filters, g.KernelHeight, g.KernelWidth, g.Channels), 1e-3);
        var y = tape.Constant(new Shape(images, g.OutputHeight, g.OutputWidth, g.Filters), 1e-3);
        switch (pass)
        {
            case Pass.Forward:
                Convolution.RecordForward(tape, g, x, weight, null, y, hasRelu: false);
                break;
            case Pass.Input:
                Convolution.RecordInput(tape, g, OutputGradient.Of(y), weight, x);
                break;
            default:
                Convolution.RecordWeight(tape, g, x, OutputGradient.Of(y), weight);
                break;
        }

        return Timing.Measure(tape.Replay, seconds);
    }

    enum Pass
    {
        Forward,
        Input,
        Weight,
    }
}
