using Descent.Autodiff;
using Descent.Benchmarks.Steps;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Kernels;

/// <summary>Poolings, normalization and dropout of images, which move memory rather than compute: each beside a copy of as many bytes as it reads and writes at least.</summary>
static class ImagePasses
{
    public static void Run(int threads, double seconds)
    {
        Console.WriteLine($"{VectorWidth.Bits}-bit vectors, {threads} thread(s); best (median)");
        foreach (var shape in (Shape[])[new(128, 32, 32, 64), new(256, 32, 32, 64)])
        {
            long bytes = (long)sizeof(float) * shape.Count;
            var copy = OptimizerSteps.MeasureCopy(2 * bytes, threads, seconds);
            Console.WriteLine($"{shape}: a copy moves {Rate(2 * bytes, copy.BestSeconds):F1} ({Rate(2 * bytes, copy.MedianSeconds):F1}) GB/s");
            foreach (var (name, passes, record) in Passes(shape))
            {
                var timing = Measure(shape, record, threads, seconds);
                double share = passes * bytes / timing.BestSeconds / (2 * bytes / copy.BestSeconds);
                Console.WriteLine($"  {name,-34} {timing.BestSeconds * 1e3,7:F2} ({timing.MedianSeconds * 1e3:F2}) ms  "
                    + $"{Rate(passes * bytes, timing.BestSeconds),5:F1} GB/s, {share:P0} of the copy's");
            }
        }
    }

    /// <summary>Name, how often as many bytes as the images have are read or written, and what is recorded with x, dy and z of the images' shape.</summary>
    static IEnumerable<(string Name, double Passes, Action<Tape<float>, Tensor<float>, Tensor<float>, Tensor<float>> Record)> Passes(Shape shape)
    {
        foreach (var (size, stride, padding) in ((int, int, int)[])[(2, 2, 0), (3, 2, 1)])
        {
            var geometry = PoolingGeometry.Of("max_pool2d", shape, size, stride, padding);
            yield return ($"max_pool2d {size}/{stride}", 1 + (5 / 16.0), (tape, x, _, _) => _ = tape.MaxPool2d(x, size, stride, padding));
            yield return ($"max_pool2d {size}/{stride} gradient", 1 + (5 / 16.0), (tape, x, _, z) => RecordUnpool(tape, geometry, x, z));
        }

        yield return ("average_pool2d 2/2", 1.25, (tape, x, _, _) => _ = tape.AveragePool2d(x, 2, 2, 0));
        yield return ("global_average_pool2d", 1, (tape, x, _, _) => _ = tape.GlobalAveragePool2d(x));
        yield return ("resize 3/2", 1 + 2.25, (tape, x, _, _) => _ = tape.Resize(x, 48, 48));
        var (small, large) = (new Shape(128, 32, 32, 3), new Shape(128, 224, 224, 3));
        yield return ("resize 3 channels to 224", (small.Count + large.Count) / (double)shape.Count, (tape, _, _, _) => _ = tape.Resize(tape.Tensor(small.ToArray()), 224, 224));
        yield return ("dropout", 2, (tape, x, _, _) => _ = tape.Dropout(x, 0.5, new StepPosition(1), 0));
        yield return ("add_relu", 3, (tape, x, dy, _) => _ = tape.AddRelu(x, dy));
        foreach (bool isWithGradient in (bool[])[false, true])
        {
            string gradient = isWithGradient ? " and gradient" : "";
            yield return ($"batch_norm{gradient}", isWithGradient ? 8 : 3, (tape, x, a, _) => RecordBatchNorm<PlainForm<float>>(tape, x, a, isWithGradient));
            yield return ($"batch_norm_relu{gradient}", isWithGradient ? 8 : 3, (tape, x, a, _) => RecordBatchNorm<ReluForm<float>>(tape, x, a, isWithGradient));
            yield return ($"batch_norm_add_relu{gradient}", isWithGradient ? 11 : 4, (tape, x, a, _) => RecordBatchNorm<AddReluForm<float>>(tape, x, a, isWithGradient));
        }
    }

    /// <summary>The addend serves as the gradient by the output too.</summary>
    static void RecordBatchNorm<TForm>(Tape<float> tape, Tensor<float> x, Tensor<float> addend, bool isWithGradient) where TForm : struct, INormalizationForm<float>
    {
        var channels = new Shape(x.Shape[3]);
        Tensor<float> weight = tape.Constant(channels, 1), dw = tape.Tensor(x.Shape[3]), y = tape.Arena.Allocate<float>(x.Shape);
        var forward = new BatchNormalization<float, TForm>(tape.Arena, x, addend, weight, tape.Constant(channels, 0), 1e-5, y);
        forward.Record(tape);
        if (isWithGradient)
        {
            var (dx, masked) = (tape.Arena.Allocate<float>(x.Shape), TForm.HasAddend ? tape.Arena.Allocate<float>(x.Shape) : null);
            var gradient = new BatchNormalizationGradient<float, TForm>(tape.Arena, forward, addend, dw, tape.Tensor(x.Shape[3]), masked);
            gradient.RecordSums(tape);
            tape.Run(gradient.Input(dx));
        }
    }

    static void RecordUnpool(Tape<float> tape, PoolingGeometry geometry, Tensor<float> x, Tensor<float> z)
    {
        var (y, taps) = (tape.Arena.Allocate<float>(geometry.OutputShape), new TapChoice(tape.Arena, geometry.OutputShape));
        MaxPooling.RecordForward(new Once(tape), geometry, x, y, taps, isRectified: false);
        MaxPooling.RecordUnpool(tape, geometry, y, taps, z);
    }

    static Timing Measure(Shape shape, Action<Tape<float>, Tensor<float>, Tensor<float>, Tensor<float>> record, int threads, double seconds)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        Tensor<float> x = tape.Arena.Allocate<float>(shape), dy = tape.Arena.Allocate<float>(shape), z = tape.Arena.Allocate<float>(shape);
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        for (int i = 0; i < x.Count; i++)
        {
            uint word = stream.NextUInt32();
            (x.Span[i], dy.Span[i]) = ((float)(word >> 16) / 65536, (float)(word & 0xFFFF) / 65536);
        }

        record(tape, x, dy, z);
        return Timing.Measure(tape.Replay, seconds);
    }

    static double Rate(double bytes, double seconds) => bytes / seconds / 1e9;

    /// <summary>Runs work while recording and leaves it out of the replays.</summary>
    sealed class Once(Tape<float> tape) : IRecorder
    {
        public Arena Arena => tape.Arena;

        public int Threads => tape.Threads;

        public bool IsExact => tape.IsExact;

        public void Run(Work work)
        {
            for (int chunk = 0; chunk < work.Chunks; chunk++)
            {
                work.Body(chunk);
            }
        }
    }
}
