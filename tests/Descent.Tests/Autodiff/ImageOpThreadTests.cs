using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>A net of all ops on images: its bits do not depend on the number of threads, on the reuse of memory, or on what the memory held.</summary>
public class ImageOpThreadTests
{
    const int Images = 6, Size = 24, Channels = 40;

    [Fact]
    public void AStepHasTheSameBitsForAnyNumberOfThreads()
    {
        string alone = Step(threads: 1);
        Assert.All((int[])[2, 3, 8], threads => Assert.Equal(alone, Step(threads)));
    }

    [Fact]
    public void ReuseOfMemoryChangesNoBit() => Assert.Equal(Step(1, isReusing: false), Step(1));

    [Fact]
    public void AReplayReadsNothingThatItHasNotWritten() => Assert.Equal(Step(1), Step(1, isPoisoned: true));

    static string Step(int threads, bool isReusing = true, bool isPoisoned = false)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        tape.Arena.IsReusing = isReusing;
        var channels = new Shape(Channels);
        using var parameters = new Parameters<float>([new("weight", channels, ParameterTraits.Weight), new("bias", channels, ParameterTraits.Bias)]);
        var (weight, bias) = (parameters["weight"].Value, parameters["bias"].Value);
        weight.Span.Fill(1.25f);
        bias.Span.Fill(-0.1f);
        tape.Watch(weight);
        tape.Watch(bias);
        var position = new StepPosition(7) { Step = 3 };
        var running = new RunningStatistics<float>(tape.Tensor(Channels), tape.Constant(channels, 1), 0.1, position);
        var x = tape.Tensor(Images, Size, Size, Channels);
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        foreach (ref float value in x.Span)
        {
            value = (float)stream.NextNormal();
        }

        tape.GradientInto(tape.Sum(tape.Square(Forward(tape, x, weight, bias, running))), parameters);
        if (isPoisoned)
        {
            tape.Arena.PoisonTransient();
            parameters.Gradients.Span.Fill(float.NaN);
        }

        tape.Replay();
        Assert.All(parameters.Gradients.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
        return Hash(parameters.Gradients) + Hash(running.Mean) + Hash(running.Variance);
    }

    static Tensor<float> Forward(Tape<float> tape, Tensor<float> x, Tensor<float> weight, Tensor<float> bias, RunningStatistics<float> running)
    {
        var a = tape.BatchNormRelu(x, weight, bias, 1e-5, running);
        var b = tape.MaxPool2d(a, 3, 2, 1);
        var c = tape.BatchNormAddRelu(tape.AveragePool2d(a, 3, 2, 1), b, weight, bias, 1e-5);
        var d = tape.AddRelu(tape.BatchNorm(tape.Dropout(c, 0.3, running.Position, 1), weight, bias, 1e-5), c);
        var e = tape.BatchNormEvaluationAddRelu(tape.MaxPool2d(tape.Resize(tape.Resize(d, 17, 29), 12, 12), 2, 2, 0), tape.AveragePool2d(b, 2, 2, 0), weight, bias, bias, weight, 1e-5);
        return tape.Dropout(tape.GlobalAveragePool2d(e), 0.5, running.Position, 2);
    }

    static string Hash(Tensor<float> x) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(x.Span)));
}
