using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>What ops do with values at the edge: kinks, infinities, NaN, logits that overflow.</summary>
public sealed class SpecialValueTests : IDisposable
{
    readonly WorkerPool pool = new(1);
    readonly Executor executor;
    readonly Tape<double> tape;

    public SpecialValueTests()
    {
        executor = pool.CreateExecutor();
        tape = new Tape<double>(executor);
    }

    public void Dispose()
    {
        tape.Dispose();
        executor.Dispose();
        pool.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void ReluPassesNothingAtZeroAndKeepsNaN(int repeats)
    {
        double[] values = [.. Enumerable.Repeat<double[]>([-1, -0.0, 0, 1e-300, double.NaN], repeats).SelectMany(x => x)];
        var x = Watched(values);
        var y = tape.Relu(x);
        var dx = tape.Gradient(tape.Sum(y), x)[0];

        Assert.Equal(values.Select(value => value < 0 ? 0 : value), y.Span.ToArray());
        Assert.Equal(values.Select(value => value > 0 ? 1.0 : 0), dx.Span.ToArray());
    }

    [Fact]
    public void AbsoluteHasNoSlopeAtZero()
    {
        var x = Watched(-2, 0, 3);

        Assert.Equal([-1, 0, 1], tape.Gradient(tape.Sum(tape.Absolute(x)), x)[0].Span.ToArray());
    }

    [Fact]
    public void TheLossOfHugeLogitsIsFinite()
    {
        var x = tape.Tensor(new Shape(2, 3), [1e5, 0, -1e5, -1e300, 1e300, 0]);
        tape.Watch(x);
        var labels = tape.Labels(2);
        labels.Span[0] = 2;
        labels.Span[1] = 1;

        var loss = tape.SoftmaxCrossEntropy(x, labels);

        Assert.Equal(1e5, loss.Item);
        Assert.Equal([0.5, 0, -0.5, 0, 0, 0], tape.Gradient(loss, x)[0].Span.ToArray());
        Assert.Equal([1, 0, 0, 0, 1, 0], tape.Softmax(x).Span.ToArray());
        Assert.Equal([1e5, 1e300], tape.LogSumExp(x).Span.ToArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ALossOfWhatIsNotFiniteIsNaN(double logit)
    {
        var x = tape.Tensor(new Shape(2, 3), [0, 1, 2, 0, logit, 1]);

        Assert.Equal(double.NaN, tape.SoftmaxCrossEntropy(x, tape.Labels(2)).Item);
    }

    [Fact]
    public void ActivationsHaveTheirLimits()
    {
        var x = Watched(double.NegativeInfinity, -1000, 1000, double.PositiveInfinity, double.NaN);

        Assert.Equal([-1, -1, 1, 1, double.NaN], tape.Tanh(x).Span.ToArray());
        Assert.Equal([0, 0, 1, 1, double.NaN], tape.Sigmoid(x).Span.ToArray());
        Assert.Equal([double.NaN, 0, 1000, double.PositiveInfinity, double.NaN], tape.Gelu(x).Span.ToArray());
        Assert.Equal([double.NaN, 0, 1, double.NaN, double.NaN], tape.GeluSlope(x).Span.ToArray());
        Assert.Equal([0, 0, 0, 0, double.NaN], tape.NormalDensity(x).Span.ToArray());
    }

    Tensor<double> Watched(params double[] values)
    {
        var x = tape.Tensor(new Shape(values.Length), values);
        tape.Watch(x);
        return x;
    }
}
