using System.Numerics;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class DropoutTests : IDisposable
{
    const int PerImage = 2331;

    readonly WorkerPool pool = new(1);
    readonly Executor executor;

    public DropoutTests() => executor = pool.CreateExecutor();

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void NothingChangesAtProbabilityZero()
    {
        using var tape = new Tape<float>(executor);
        var x = tape.Tensor(new Shape(5), [1.5f, -0.0f, float.NaN, float.NegativeInfinity, 1e-45f]);

        Assert.Equal(x.Span.ToArray(), tape.Dropout(x, 0, new StepPosition(1), 0).Span.ToArray());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void AsManyAreKeptAsTheProbabilitySaysAndScaled(double probability)
    {
        var y = Drop<double>(probability, new StepPosition(3), 1, images: 430);
        double kept = y.Count(value => value != 0) / (double)y.Length;

        Assert.All(y, value => Assert.True(value == 0 || value == 1 / (1 - probability)));
        Assert.Equal(1 - probability, kept, 5 * Math.Sqrt(probability * (1 - probability) / y.Length));
    }

    [Fact]
    public void PiecesOfABatchDropWhatTheWholeBatchDrops()
    {
        var whole = Drop<float>(0.5, new StepPosition(9) { Step = 40 }, 2, images: 15);
        foreach (var (first, images) in ((int, int)[])[(0, 4), (4, 7), (11, 4)])
        {
            var piece = Drop<float>(0.5, new StepPosition(9) { Step = 40, FirstImage = first }, 2, images);
            Assert.Equal(whole[(first * PerImage)..((first + images) * PerImage)], piece);
        }
    }

    [Fact]
    public void TheMaskIsThatOfASequentialStreamForAnyNumberOfThreadsAndPrecision()
    {
        var stream = new RandomStream(9, StreamPurpose.Dropout, (2ul << 48) | 40);
        float[] expected = [.. Enumerable.Range(0, 15 * PerImage).Select(_ => stream.NextUInt32() >= 0.25 * 4294967296.0 ? 4f / 3 : 0)];
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            using var workers = new WorkerPool(threads);
            using var several = workers.CreateExecutor();
            Assert.Equal(expected, Drop<float>(0.25, new StepPosition(9) { Step = 40 }, 2, 15, several));
        }

        Assert.Equal(expected, Drop<double>(0.25, new StepPosition(9) { Step = 40 }, 2, 15).Select(value => (float)value));
    }

    [Fact]
    public void SeedsStepsAndLayersHaveMasksOfTheirOwn()
    {
        float[][] masks =
        [
            Drop<float>(0.5, new StepPosition(1), 0, 1), Drop<float>(0.5, new StepPosition(2), 0, 1), Drop<float>(0.5, new StepPosition(1) { Step = 1 }, 0, 1),
            Drop<float>(0.5, new StepPosition(1), 1, 1), Drop<float>(0.5, new StepPosition(1ul << 32), 0, 1), Drop<float>(0.5, new StepPosition(1) { Step = 1L << 32 }, 0, 1),
        ];
        for (int i = 0; i < masks.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Independent masks agree on half of the elements.
                double agreement = masks[i].Zip(masks[j], (a, b) => a == b).Count(same => same) / (double)PerImage;
                Assert.Equal(0.5, agreement, 0.06);
            }
        }
    }

    [Fact]
    public void AReplayDropsByThePositionOfItsStepInTheGradientToo()
    {
        using var tape = new Tape<double>(executor);
        var position = new StepPosition(5);
        var x = tape.Constant(new Shape(3, PerImage), 1);
        tape.Watch(x);
        var y = tape.Dropout(x, 0.5, position, 0);
        var dx = tape.Gradient(tape.Sum(y), x)[0];
        double[] before = y.Span.ToArray();
        position.Step = 1;
        tape.Replay();

        Assert.NotEqual(before, y.Span.ToArray());
        Assert.Equal(y.Span.ToArray(), dx.Span.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(257)]
    public unsafe void EveryWidthOfVectorKeepsTheSame(int blocks)
    {
        const ulong Seed = 0x0123456789ABCDEF, Index = 0xFEDCBA9876543210;
        const uint First = uint.MaxValue - 5;
        byte* expected = stackalloc byte[(4 * blocks) + KeptElements.Slack], actual = stackalloc byte[(4 * blocks) + KeptElements.Slack];
        KeptElements.FillOneByOne(Seed, Index, First, blocks, 0x9000_0000, expected);
        if (PhiloxLanes256.IsSupported)
        {
            KeptElements.Fill<PhiloxLanes256>(Seed, Index, First, blocks, 0x9000_0000, actual);
            Assert.True(new Span<byte>(expected, 4 * blocks).SequenceEqual(new Span<byte>(actual, 4 * blocks)));
        }

        if (PhiloxLanes512.IsSupported)
        {
            KeptElements.Fill<PhiloxLanes512>(Seed, Index, First, blocks, 0x9000_0000, actual);
            Assert.True(new Span<byte>(expected, 4 * blocks).SequenceEqual(new Span<byte>(actual, 4 * blocks)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void AProbabilityOutOfRangeIsRefused(double probability) =>
        Assert.Equal($"dropout: the probability must be at least 0 and below 1, got {probability}.",
            Assert.Throws<BadInputException>(() => Drop<float>(probability, new StepPosition(0), 0, 1)).Message);

    T[] Drop<T>(double probability, StepPosition position, int layer, int images, Executor? by = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>(by ?? executor);
        return tape.Dropout(tape.Constant(new Shape(images, PerImage), 1), probability, position, layer).Span.ToArray();
    }
}
