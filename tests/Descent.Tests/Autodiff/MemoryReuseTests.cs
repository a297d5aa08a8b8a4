using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class MemoryReuseTests : IDisposable
{
    const int Images = 4, Size = 16, Channels = 32;

    readonly WorkerPool pool = new(2);
    readonly Executor executor;

    public MemoryReuseTests() => executor = pool.CreateExecutor();

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReuseChangesNoBitOfAStep(bool isExact)
    {
        using var reusing = new Net(executor, isExact, isReusing: true, blocks: 2);
        using var keeping = new Net(executor, isExact, isReusing: false, blocks: 2);
        Assert.NotEqual(0, keeping.Gradients[0]);
        Assert.Equal(keeping.Gradients, reusing.Gradients);

        foreach (var net in (Net[])[reusing, keeping])
        {
            net.Load(draw: 1);
            net.Replay();
        }

        Assert.Equal(keeping.Gradients, reusing.Gradients);
        Assert.InRange(reusing.PeakBytes, 0, (long)(0.6 * keeping.PeakBytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReplayReadsNothingThatItHasNotWritten(bool isExact)
    {
        using var net = new Net(executor, isExact, isReusing: true, blocks: 2);
        var expected = net.Gradients;
        net.Poison();
        net.Replay();
        Assert.Equal(expected, net.Gradients);
    }

    /// <summary>A block more costs the outputs of its three ops, its weights' tables, and nothing for gradients.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GradientsOfADeeperNetTakeNoMoreMemory(bool isExact)
    {
        const long Activation = (long)Images * Size * Size * Channels * sizeof(float);
        using var shallow = new Net(executor, isExact, isReusing: true, blocks: 2);
        using var deep = new Net(executor, isExact, isReusing: true, blocks: 6);
        Assert.InRange(deep.PeakBytes - shallow.PeakBytes, 4 * 3 * Activation, 4 * 4 * Activation);
    }

    [Fact]
    public void ResultsOutliveTheGradientsThatFollow()
    {
        using var tape = new Tape<double>(executor);
        var x = tape.Tensor(new Shape(3), [1, 2, 3]);
        tape.Watch(x);
        var cube = tape.Multiply(tape.Multiply(x, x), x);
        var first = tape.Gradient(tape.Sum(cube), x, cube);
        var second = tape.Gradient(tape.Sum(tape.Exp(tape.Tanh(cube))), x);

        Assert.Equal([3, 12, 27], first[0].Span.ToArray());
        Assert.Equal([1, 1, 1], first[1].Span.ToArray());
        tape.Replay();
        Assert.Equal([3, 12, 27], first[0].Span.ToArray());
        Assert.Equal([1, 1, 1], first[1].Span.ToArray());
        Assert.All(x.Span.ToArray().Zip(second[0].Span.ToArray()), pair => Assert.Equal(Slope(pair.First), pair.Second, 1e-12));
    }

    static double Slope(double x)
    {
        double tanh = Math.Tanh(x * x * x);
        return Math.Exp(tanh) * (1 - (tanh * tanh)) * 3 * x * x;
    }

    /// <summary>Blocks of convolution, ReLU and residual addition, then a linear layer: views, gradients that two inputs share, weights of all kinds.</summary>
    sealed class Net : IDisposable
    {
        readonly Tape<float> tape;
        readonly Parameters<float> parameters;
        readonly Tensor<float> images;
        readonly Labels labels;

        public Net(Executor executor, bool isExact, bool isReusing, int blocks)
        {
            tape = new Tape<float>(executor) { IsExact = isExact };
            tape.Arena.IsReusing = isReusing;
            List<ParameterInfo> infos = [new("stem", new Shape(Channels, 3, 3, 3), ParameterTraits.Weight)];
            for (int block = 0; block < blocks; block++)
            {
                infos.Add(new($"{block}.weight", new Shape(Channels, 3, 3, Channels), ParameterTraits.Weight));
                infos.Add(new($"{block}.bias", new Shape(Channels), ParameterTraits.Bias));
            }

            infos.Add(new("tail", new Shape(Channels, 1, 1, Channels), ParameterTraits.Weight));
            infos.Add(new("head.weight", new Shape(10, Size * Size * Channels), ParameterTraits.Weight));
            infos.Add(new("head.bias", new Shape(10), ParameterTraits.Bias));
            parameters = new Parameters<float>(infos);
            Fill(parameters.Values.Span, 9, 0.1);
            foreach (var slot in parameters.Slots)
            {
                tape.Watch(slot.Value);
            }

            (images, labels) = (tape.Tensor(Images, Size, Size, 3), tape.Labels(Images));
            Load(draw: 0);
            var x = tape.Conv2d(images, parameters["stem"].Value, 1, 1);
            for (int block = 0; block < blocks; block++)
            {
                var y = tape.Conv2dBiasRelu(x, parameters[$"{block}.weight"].Value, parameters[$"{block}.bias"].Value, 1, 1);
                x = tape.Relu(tape.Add(x, y));
            }

            x = tape.Conv2d(x, parameters["tail"].Value, 1, 0);
            var logits = tape.Linear(tape.Reshape(x, new Shape(Images, Size * Size * Channels)), parameters["head.weight"].Value, parameters["head.bias"].Value);
            tape.GradientInto(tape.SoftmaxCrossEntropy(logits, labels), parameters);
        }

        public float[] Gradients => parameters.Gradients.Span.ToArray();

        public long PeakBytes => tape.Arena.PeakBytes;

        public void Load(int draw)
        {
            Fill(images.Span, draw, 1);
            for (int i = 0; i < labels.Count; i++)
            {
                labels.Span[i] = (i + draw) % 10;
            }
        }

        public void Poison()
        {
            tape.Arena.PoisonTransient();
            parameters.Gradients.Span.Fill(float.NaN);
        }

        public void Replay() => tape.Replay();

        public void Dispose()
        {
            tape.Dispose();
            parameters.Dispose();
        }

        static void Fill(Span<float> values, int draw, double scale)
        {
            var stream = new RandomStream(1, StreamPurpose.Noise, (ulong)draw);
            foreach (ref float value in values)
            {
                value = (float)(scale * stream.NextNormal());
            }
        }
    }
}
