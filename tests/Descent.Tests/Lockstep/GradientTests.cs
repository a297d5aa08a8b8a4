using System.Numerics;
using Descent.Formats;

namespace Descent.Tests.Lockstep;

/// <summary>The gradient of the first batch by every parameter of every workload's network, against PyTorch's in float64 (Golden/generate.py).</summary>
public class GradientTests
{
    static readonly ILookup<string, string[]> Golden = GoldenRows.Read("gradients.tsv").ToLookup(row => row[0]);

    public static TheoryData<string> Models => [.. Golden.Select(group => group.Key)];

    /// <summary>Three times the error of PyTorch's own float32, or 5e-6 of the parameter's largest number.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Exact(string model) => Compare<float>(model, isExact: true, (largest, gap) => Math.Max(5e-6 * largest, 3 * gap));

    /// <summary>Without batch norm as exact sums. With it, the transforms' error, ten times that of a sum, grows from norm to norm and flips signs at ReLUs.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Winograd(string model) => Compare<float>(model, isExact: false, Formula.Net(model).Model.Statistics.Count == 0
        ? (largest, gap) => Math.Max(5e-6 * largest, 3 * gap)
        : (largest, gap) => Math.Max(5e-3 * largest, 30 * gap));

    /// <summary>A bias before a batch norm has the gradient zero but for rounding; so does PyTorch's.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Doubles(string model) => Compare<double>(model, isExact: true, (largest, _) => (1e-9 * largest) + 1e-14);

    /// <param name="bound">From the largest number of a parameter's gradient and the largest error of PyTorch's float32 to the error that is allowed.</param>
    static void Compare<T>(string name, bool isExact, Func<double, double, double> bound) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (workload, model) = Formula.Net(name);
        using var graph = new FormulaGraph<T>(workload, model, batches: 1, Formula.BatchSize(workload), isExact);
        _ = graph.Run(batch: 0);
        Assert.Equal(Golden[name].Select(row => row[1]), graph.Parameters.Slots.Select(slot => slot.Name));
        foreach (var (row, slot) in Golden[name].Zip(graph.Parameters.Slots))
        {
            var gradient = new T[slot.Count];
            PyTorchLayout.ToPyTorch<T>(slot.Info, slot.Gradient.Span, gradient);
            var (numbers, expected) = (GoldenRows.Numbers(row[2..4]), GoldenRows.Numbers(row[4..]));
            double allowed = bound(numbers[0], numbers[1]);
            Near($"{slot.Name}, largest", numbers[0], gradient.Max(value => Math.Abs(double.CreateTruncating(value))), allowed);
            for (int i = 0; i < expected.Length; i++)
            {
                Near($"{slot.Name}, number {i}", expected[i], double.CreateTruncating(gradient[(long)i * slot.Count / expected.Length]), allowed);
            }
        }
    }

    static void Near(string what, double expected, double actual, double allowed) =>
        Assert.True(Math.Abs(actual - expected) <= allowed, $"{what}: {actual:R}, not {expected:R} ± {allowed:G2}.");
}
