using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Autodiff;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>Results are the same to the bit for any number of threads.</summary>
public class ThreadTests
{
    static readonly int[] Threads = [1, 2, 3, 8];

    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    public void AStepOfTrainingHasTheSameBits(string activation)
    {
        var hashes = Threads.Select(threads => Train(threads, activation)).ToList();

        _ = Assert.Single(hashes.Distinct());
        Assert.NotEqual(hashes[0], Train(1, activation == "relu" ? "tanh" : "relu"));
    }

    /// <summary>Everything that is summed or cut into chunks: products, row and column sums, totals, losses, a second derivative.</summary>
    [Fact]
    public void ASecondDerivativeHasTheSameBits() => Assert.Single(Threads.Select(Curvature).Distinct());

    [Fact]
    public void TwoGraphsSideBySideHaveTheBitsOfEachAlone()
    {
        string alone = Train(1, "relu");
        using var pool = new WorkerPool(3);
        var hashes = new string[4];
        var threads = hashes.Select((_, i) => new Thread(() => hashes[i] = Train(pool, "relu"))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal([alone, alone, alone, alone], hashes);
    }

    static string Train(int threads, string activation)
    {
        using var pool = new WorkerPool(threads);
        return Train(pool, activation);
    }

    static string Train(WorkerPool pool, string activation)
    {
        var model = Mlp.Numbered(new Shape(300), [260, 130], 10, Activation.Find(activation));
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        using var parameters = new Parameters<float>(model.Parameters);
        InitializationCatalog.Parse("he").Initialize(parameters, seed: 1);
        var (x, labels) = (tape.Tensor(128, 300), tape.Labels(128));
        foreach (var slot in parameters.Slots)
        {
            tape.Watch(slot.Value);
        }

        tape.GradientInto(tape.SoftmaxCrossEntropy(model.Forward(tape, parameters, x), labels), parameters);
        for (int step = 0; step < 5; step++)
        {
            var stream = new RandomStream(1, StreamPurpose.Noise, (ulong)step);
            foreach (ref float value in x.Span)
            {
                value = (float)stream.NextNormal();
            }

            foreach (ref int label in labels.Span)
            {
                label = stream.NextInt32(10);
            }

            tape.Replay();
            for (int i = 0; i < parameters.Count; i++)
            {
                parameters.Values.Span[i] -= 0.1f * parameters.Gradients.Span[i];
            }
        }

        return Hash(parameters.Values);
    }

    static string Curvature(int threads)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var tape = new Tape<float>(executor);
        var w = tape.Tensor(200, 300);
        var stream = new RandomStream(3, StreamPurpose.Noise, 0);
        foreach (ref float value in w.Span)
        {
            value = 0.05f * (float)stream.NextNormal();
        }

        tape.Watch(w);
        var y = tape.Softmax(tape.Gelu(tape.MatMulRight(tape.Tanh(w), w)));
        var loss = tape.Mean(tape.Square(tape.Subtract(y, tape.Transpose(y))));
        var gradient = tape.DifferentiableGradient(loss, w)[0];
        return Hash(gradient) + Hash(tape.Gradient(tape.Sum(tape.Multiply(gradient, w)), w)[0]);
    }

    static string Hash(Tensor<float> x) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(x.Span)));
}
