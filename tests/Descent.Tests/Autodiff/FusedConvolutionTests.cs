using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>What convolutions do in one pass against the same in several.</summary>
public sealed class FusedConvolutionTests : IDisposable
{
    readonly WorkerPool pool = new(2);
    readonly Executor executor;

    public FusedConvolutionTests() => executor = pool.CreateExecutor();

    /// <summary>images, side, channels, filters, kernel, stride, padding, size of the pooling, its stride, its padding.</summary>
    public static TheoryData<int[]> Sizes => new(
        [5, 12, 3, 20, 3, 1, 1, 2, 2, 0], [3, 16, 32, 64, 3, 1, 1, 2, 2, 0], [9, 4, 64, 32, 3, 1, 1, 2, 2, 0], [2, 33, 3, 8, 7, 2, 3, 3, 2, 1],
        [4, 9, 33, 40, 3, 1, 1, 2, 2, 0], [40, 6, 32, 32, 3, 1, 1, 3, 2, 1], [2, 32, 32, 32, 3, 1, 1, 2, 2, 0], [3, 11, 16, 24, 1, 2, 0, 2, 2, 0]);

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void PoolingInTheSamePassGivesTheBitsOfTwoPasses(int[] sizes)
    {
        foreach (bool isExact in (bool[])[true, false])
        {
            var fused = Run(sizes, isExact, isFused: true);
            var separate = Run(sizes, isExact, isFused: false);
            Assert.Contains(fused[0], value => value > 0);
            for (int i = 0; i < fused.Length; i++)
            {
                Assert.Equal(separate[i], fused[i]);
            }
        }
    }

    /// <summary>Output, and gradients by images, filters and bias. The gradients of the separate ops go through the same kernels, from memory.</summary>
    float[][] Run(int[] s, bool isExact, bool isFused)
    {
        using var tape = new Tape<float>(executor) { IsExact = isExact };
        Tensor<float>[] inputs = [tape.Tensor(s[0], s[1], s[1], s[2]), tape.Tensor(s[3], s[4], s[4], s[2]), tape.Tensor(s[3])];
        for (int i = 0; i < inputs.Length; i++)
        {
            _ = Fill(inputs[i], i);
            tape.Watch(inputs[i]);
        }

        var y = isFused
            ? tape.Conv2dBiasReluMaxPool2d(inputs[0], inputs[1], inputs[2], s[5], s[6], s[7], s[8], s[9])
            : tape.MaxPool2d(tape.Conv2dBiasRelu(inputs[0], inputs[1], inputs[2], s[5], s[6]), s[7], s[8], s[9]);
        var weights = Fill(tape.Arena.Allocate<float>(y.Shape), 3);
        var gradients = tape.Gradient(tape.Sum(tape.Multiply(y, weights)), inputs);
        tape.Arena.PoisonTransient();
        tape.Replay();
        return [y.Span.ToArray(), .. gradients.Select(gradient => gradient.Span.ToArray())];
    }

    static Tensor<float> Fill(Tensor<float> tensor, int number)
    {
        var stream = new RandomStream(1, StreamPurpose.Probe, (ulong)number);
        foreach (ref float value in tensor.Span)
        {
            value = (float)stream.NextNormal();
        }

        return tensor;
    }
}
