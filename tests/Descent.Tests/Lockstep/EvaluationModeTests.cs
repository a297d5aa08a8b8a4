using Descent.Models;
using Descent.Tensors;

namespace Descent.Tests.Lockstep;

/// <summary>Logits in evaluation mode, after the running statistics took three batches in, against PyTorch's in float64 (Golden/generate.py).</summary>
public class EvaluationModeTests
{
    const int Batches = 3, BatchSize = 4, Images = 2;

    public static TheoryData<string, int> Rows => [.. GoldenRows.Read("logits.tsv").Select(row => (row[0], int.Parse(row[1])))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void LogitsAgree(string name, int side)
    {
        var (workload, model) = Formula.Net(name);
        model = side == 0 ? model : ResNet18.Create(new Shape(side, side, 3), 10, ResNet18.Stem.Large);
        using var graph = new FormulaGraph<float>(workload, model, Batches, BatchSize, isExact: false);
        for (int batch = 0; batch < Batches; batch++)
        {
            _ = graph.Run(batch);
        }

        double[] expected = GoldenRows.Numbers(GoldenRows.Read("logits.tsv").Single(row => row[0] == name && int.Parse(row[1]) == side)[2..]);
        double[] actual = graph.Evaluate(Images);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4);
        }
    }
}
