using System.Globalization;
using System.Numerics;
using Descent.Autodiff;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Architecture;

namespace Descent.Tests.Models;

/// <summary>Losses, gradients and Hessian-vector products of whole networks against PyTorch (Golden/generate.py).</summary>
public class MlpGoldenTests
{
    const int Batch = 11;
    static readonly string[][] Golden =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Models/Golden/mlp.tsv"))
            .Where(line => line[0] != '#').Select(line => line.Split('\t')),
    ];

    public static TheoryData<string> Activations => [.. Activation.All.Select(activation => activation.Name)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void DoublesAgreeWithPyTorch(string activation) => Compare<double>(activation, 1e-12);

    /// <summary>PyTorch's own float32 is as far from its float64.</summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void FloatsAgreeWithPyTorch(string activation) => Compare<float>(activation, 1e-5);

    static void Compare<T>(string activation, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var model = Mlp.Numbered(new Shape(12), [9, 7], 5, Activation.Find(activation));
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<T>(model.Parameters);
        using var tape = new Tape<T>(executor);
        for (int t = 0; t < parameters.Slots.Count; t++)
        {
            Fill(parameters.Slots[t].Value, t, t % 2 == 0 ? 0.6 : 0.2);
            tape.Watch(parameters.Slots[t].Value);
        }

        var x = tape.Tensor(Batch, 12);
        Fill(x, 20, 1);
        var labels = tape.Labels(Batch);
        for (int i = 0; i < Batch; i++)
        {
            labels.Span[i] = i * i % 5;
        }

        Tensor<T>[] values = [.. parameters.Slots.Select(slot => slot.Value)];
        var loss = tape.SoftmaxCrossEntropy(model.Forward(tape, parameters, x), labels);
        double expected = double.Parse(Golden.Single(row => row[0] == "loss" && row[1] == activation)[3], CultureInfo.InvariantCulture);
        Assert.Equal(expected, double.CreateTruncating(loss.Item), tolerance);

        tape.GradientInto(loss, parameters);
        Compare("gradient", activation, model, parameters.Slots.Select(slot => slot.Gradient), tolerance);
        var gradients = tape.DifferentiableGradient(loss, values);
        Compare("gradient", activation, model, gradients, tolerance);
        Compare("hessian_vector", activation, model, tape.Gradient(Along(tape, gradients), values), 10 * tolerance);
    }

    /// <summary>⟨g, v⟩ for the script's direction v.</summary>
    static Tensor<T> Along<T>(Tape<T> tape, Tensor<T>[] gradients) where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradients
        .Select((gradient, t) =>
        {
            var v = tape.Tensor(gradient.Shape.ToArray());
            Fill(v, 40 + t, 1);
            return tape.Sum(tape.Multiply(gradient, v));
        }).Aggregate(tape.Add);

    static void Compare<T>(string what, string activation, Model model, IEnumerable<Tensor<T>> tensors, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (info, tensor) in model.Parameters.Zip(tensors))
        {
            var row = Golden.Single(row => row[0] == what && row[1] == activation && row[2] == info.Name);
            double[] expected = [.. row[3..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            double[] actual = [.. tensor.Span.ToArray().Select(double.CreateTruncating)];
            Assert.Equal(expected[0], Math.Sqrt(actual.Sum(value => value * value)), tolerance * Math.Max(1, expected[0]));
            for (int i = 1; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i - 1], tolerance * Math.Max(1, expected[0]));
            }
        }
    }

    /// <summary>The script's closed formula.</summary>
    static void Fill<T>(Tensor<T> tensor, int number, double scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < tensor.Count; i++)
        {
            tensor.Span[i] = T.CreateTruncating(scale * Math.Sin((0.7 * i) + (1.3 * number) + 0.1));
        }
    }
}
