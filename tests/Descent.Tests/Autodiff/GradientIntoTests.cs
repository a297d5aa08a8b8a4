using Descent.Autodiff;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class GradientIntoTests : IDisposable
{
    readonly WorkerPool pool = new(1);
    readonly Executor executor;
    readonly Tape<double> tape;

    public GradientIntoTests()
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

    [Fact]
    public void AReplayWritesTheGradientsOfTheNewInputs()
    {
        var model = Mlp.Numbered(new Shape(6), [5], 3, Activation.Relu);
        using var parameters = new Parameters<double>(model.Parameters);
        InitializationCatalog.Parse("pytorch").Initialize(parameters, seed: 1);
        var (x, labels) = (tape.Tensor(4, 6), tape.Labels(4));
        Fill(x.Span, 1);
        Watch(parameters);
        tape.GradientInto(tape.SoftmaxCrossEntropy(model.Forward(tape, parameters, x), labels), parameters);
        Fill(x.Span, 2);
        Fill(parameters.Values.Span, 3);
        labels.Span[1] = 2;

        tape.Replay();

        using var fresh = new Tape<double>(executor);
        Watch(parameters, fresh);
        var again = fresh.SoftmaxCrossEntropy(model.Forward(fresh, parameters, x), labels);
        var expected = fresh.Gradient(again, [.. parameters.Slots.Select(slot => slot.Value)]);
        Assert.NotEqual(0, parameters.Gradients.Span[0]);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Span.ToArray(), parameters.Slots[i].Gradient.Span.ToArray());
        }
    }

    [Fact]
    public void WhatCannotMoveIsCopiedInEveryReplay()
    {
        using var parameters = new Parameters<double>(
        [
            new("first", new Shape(4), ParameterTraits.Weight), new("second", new Shape(4), ParameterTraits.Weight),
            new("matrix", new Shape(2, 2), ParameterTraits.Weight), new("unused", new Shape(3), ParameterTraits.Weight),
            new("scalar", Shape.Scalar, ParameterTraits.Bias),
        ]);
        var factor = tape.Tensor(4);
        Fill(factor.Span, 1);
        Watch(parameters);
        var matrix = tape.Reshape(parameters["matrix"].Value, new Shape(4));

        // The gradient by first and by second is one tensor, of which that by matrix is a view; that by scalar is the constant 1.
        var sum = tape.Add(tape.Add(parameters["first"].Value, parameters["second"].Value), matrix);
        tape.GradientInto(tape.Add(tape.Sum(tape.Multiply(sum, factor)), parameters["scalar"].Value), parameters);
        Fill(factor.Span, 2);
        parameters.Gradients.Span.Fill(double.NaN);

        tape.Replay();

        Assert.Equal(factor.Span.ToArray(), parameters["first"].Gradient.Span.ToArray());
        Assert.Equal(factor.Span.ToArray(), parameters["second"].Gradient.Span.ToArray());
        Assert.Equal(factor.Span.ToArray(), parameters["matrix"].Gradient.Span.ToArray());
        Assert.Equal([0, 0, 0], parameters["unused"].Gradient.Span.ToArray());
        Assert.Equal(1, parameters["scalar"].Gradient.Item);
    }

    [Fact]
    public void OneGradientOfTwoParametersLiesInBothSlots()
    {
        using var parameters = new Parameters<double>(
            [new("first", new Shape(4), ParameterTraits.Weight), new("second", new Shape(4), ParameterTraits.Weight)]);
        var factor = tape.Tensor(4);
        Fill(factor.Span, 1);
        Watch(parameters);
        var sum = tape.Add(parameters["first"].Value, parameters["second"].Value);
        tape.GradientInto(tape.Sum(tape.Multiply(sum, factor)), parameters);
        Fill(factor.Span, 2);
        parameters.Gradients.Span.Fill(double.NaN);

        tape.Replay();

        Assert.Equal(factor.Span.ToArray(), parameters["first"].Gradient.Span.ToArray());
        Assert.Equal(factor.Span.ToArray(), parameters["second"].Gradient.Span.ToArray());
    }

    [Fact]
    public void TwoTapesShareOneBufferOfGradients()
    {
        using var parameters = new Parameters<double>([new("w", new Shape(3), ParameterTraits.Weight)]);
        using var other = new Tape<double>(executor);
        Fill(parameters.Values.Span, 1);
        Watch(parameters);
        Watch(parameters, other);
        var w = parameters["w"].Value;
        tape.GradientInto(tape.Sum(tape.Multiply(w, w)), parameters);
        other.GradientInto(other.Sum(other.Multiply(other.Multiply(w, w), w)), parameters);

        tape.Replay();
        var first = parameters.Gradients.Span.ToArray();
        other.Replay();
        var second = parameters.Gradients.Span.ToArray();

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(2 * w.Span[i], first[i], 1e-15);
            Assert.Equal(3 * w.Span[i] * w.Span[i], second[i], 1e-15);
        }
    }

    [Fact]
    public void AReplayAllocatesNothing()
    {
        var model = Mlp.Numbered(new Shape(64), [64], 10, Activation.Relu);
        using var parameters = new Parameters<double>(model.Parameters);
        InitializationCatalog.Parse("he").Initialize(parameters, seed: 1);
        var (x, labels) = (tape.Tensor(32, 64), tape.Labels(32));
        Watch(parameters);
        tape.GradientInto(tape.SoftmaxCrossEntropy(model.Forward(tape, parameters, x), labels), parameters);
        var (reserved, used) = (tape.Arena.ReservedBytes, tape.Arena.UsedBytes);
        Assert.Equal(0, Allocated.BySteadyRuns(tape.Replay));
        Assert.Equal((reserved, used), (tape.Arena.ReservedBytes, tape.Arena.UsedBytes));
    }

    void Watch(Parameters<double> parameters, Tape<double>? by = null)
    {
        foreach (var slot in parameters.Slots)
        {
            (by ?? tape).Watch(slot.Value);
        }
    }

    static void Fill(Span<double> values, double phase)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sin((0.7 * i) + phase);
        }
    }
}
