using BenchmarkDotNet.Attributes;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Ops;

/// <summary>Replays of ops on images [64, 16, 16, 64] on one core; the unit is one element of the images. With the gradient stands the sum of the output, of which it is taken.</summary>
public class ImageOpBenchmarks : IDisposable
{
    const int Images = 64, Size = 16, Channels = 64, Count = Images * Size * Size * Channels;

    static readonly Dictionary<string, Func<Tape<float>, Tensor<float>, Tensor<float>, Tensor<float>, Tensor<float>>> Ops = new()
    {
        ["conv2d 1x1"] = (tape, x, _, _) => tape.Conv2d(x, Filters(tape, 1), 1, 0),
        ["conv2d 3x3"] = (tape, x, _, _) => tape.Conv2d(x, Filters(tape, 3), 1, 1),
        ["conv2d 3x3/2"] = (tape, x, _, _) => tape.Conv2d(x, Filters(tape, 3), 2, 1),
        ["conv2d_bias_relu 3x3"] = (tape, x, _, w) => tape.Conv2dBiasRelu(x, Filters(tape, 3), w, 1, 1),
        ["max_pool2d 2/2"] = (tape, x, _, _) => tape.MaxPool2d(x, 2, 2, 0),
        ["max_pool2d 3/2"] = (tape, x, _, _) => tape.MaxPool2d(x, 3, 2, 1),
        ["average_pool2d 2/2"] = (tape, x, _, _) => tape.AveragePool2d(x, 2, 2, 0),
        ["global_average_pool2d"] = (tape, x, _, _) => tape.GlobalAveragePool2d(x),
        ["resize 3/2"] = (tape, x, _, _) => tape.Resize(x, 24, 24),
        ["batch_norm"] = (tape, x, _, w) => tape.BatchNorm(x, w, w, 1e-5),
        ["batch_norm_relu"] = (tape, x, _, w) => tape.BatchNormRelu(x, w, w, 1e-5),
        ["batch_norm_add_relu"] = (tape, x, a, w) => tape.BatchNormAddRelu(x, a, w, w, 1e-5),
        ["batch_norm_evaluation_relu"] = (tape, x, _, w) => tape.BatchNormEvaluationRelu(x, w, w, w, w, 1e-5),
        ["add_relu"] = (tape, x, a, _) => tape.AddRelu(x, a),
        ["dropout"] = (tape, x, _, _) => tape.Dropout(x, 0.5, new StepPosition(1), 0),
    };

    WorkerPool? pool;
    Executor? executor;
    Tape<float>? forward, gradient;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => Ops.Keys;

    [GlobalSetup]
    public void SetUp()
    {
        pool = new WorkerPool(1);
        executor = pool.CreateExecutor();
        forward = Record(isWithGradient: false);
        gradient = Record(isWithGradient: true);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Forward() => forward!.Replay();

    [Benchmark(OperationsPerInvoke = Count)]
    public void ForwardAndGradient() => gradient!.Replay();

    [GlobalCleanup]
    public void Dispose()
    {
        forward?.Dispose();
        gradient?.Dispose();
        executor?.Dispose();
        pool?.Dispose();
        GC.SuppressFinalize(this);
    }

    static Tensor<float> Filters(Tape<float> tape, int size) => tape.Constant(new Shape(Channels, size, size, Channels), 1e-2);

    Tape<float> Record(bool isWithGradient)
    {
        var tape = new Tape<float>(executor!);
        Tensor<float> x = tape.Tensor(Images, Size, Size, Channels), addend = tape.Tensor(Images, Size, Size, Channels), weight = tape.Constant(new Shape(Channels), 1);
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        for (int i = 0; i < Count; i++)
        {
            (x.Span[i], addend.Span[i]) = ((float)stream.NextNormal(), (float)stream.NextNormal());
        }

        tape.Watch(x);
        var y = Ops[Name](tape, x, addend, weight);
        if (isWithGradient)
        {
            _ = tape.Gradient(tape.Sum(y), x);
        }

        return tape;
    }
}
