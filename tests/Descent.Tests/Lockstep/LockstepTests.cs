using System.Numerics;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Workloads;

namespace Descent.Tests.Lockstep;

/// <summary>Eight steps of three rules on every workload's network beside PyTorch's (Golden/generate.py), on images and weights from a closed formula.</summary>
/// <remarks>The first step shows the forward and the backward pass. Later steps carry rounding on, through signs that flip at a ReLU and through Adam's small
/// denominators: on images of noise, where gradients shrink fast, single flips show. So float32 is held to wider bounds there, or to three times the largest gap between
/// PyTorch's own float32 and its float64 on the same net, until that gap is a hundredth: the residual networks on a few such images are chaotic. In float64 all trainings agree
/// to eight digits; real_data.py holds float32 to narrow bounds on real images.</remarks>
public class LockstepTests
{
    const int Steps = 8;
    const double Chaos = 1e-2;

    static readonly ILookup<(string Model, string Rule), double[]> Golden =
        GoldenRows.Read("lockstep.tsv").ToLookup(row => (row[0], row[1]), row => GoldenRows.Numbers(row[3..]));

    public static TheoryData<string, string> Trainings => [.. Golden.Select(group => (group.Key.Model, group.Key.Rule))];

    [Fact]
    public void EveryWorkloadBehindTheDigitsIsHere() => Assert.Equal(
        WorkloadCatalog.All.Select(workload => workload.Name).Where(name => name != "digits-mlp").Order(),
        Golden.Select(group => group.Key.Model).Where(model => !model.Contains('@')).Distinct().Order());

    [Theory]
    [MemberData(nameof(Trainings))]
    public void ExactFloatsKeepStep(string model, string rule) =>
        Compare(model, rule, Told<float>(model, rule, isExact: true), first: (1e-6, 1e-5), later: (1e-3, 2e-2));

    [Theory]
    [MemberData(nameof(Trainings))]
    public void WinogradKeepsStep(string model, string rule) =>
        Compare(model, rule, Told<float>(model, rule, isExact: false), first: (1e-5, 1e-4), later: (5e-3, 5e-2));

    [Theory]
    [MemberData(nameof(Trainings))]
    public void DoublesAreTheSameTraining(string model, string rule)
    {
        var told = Told<double>(model, rule, isExact: true);
        foreach (var (expected, actual) in Golden[(model, rule)].Zip(told))
        {
            Assert.Equal(expected[0], actual.Loss, 1e-8 * expected[0]);
            Assert.Equal(expected[1], actual.Norm, 1e-7 * expected[1]);
        }
    }

    static List<(double Loss, double Norm)> Told<T>(string name, string rule, bool isExact) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (workload, model) = Formula.Net(name);
        IOptimizer optimizer = rule switch
        {
            "sgd" => new Sgd(LearningRate: 0.05, Momentum: 0.9),
            "adam" => new Adam(LearningRate: 1e-3),
            _ => new AdamW(LearningRate: 1e-3),
        };
        using var graph = new FormulaGraph<T>(workload, model, Steps, Formula.BatchSize(workload), isExact);
        using var run = new OptimizerRun<T>(optimizer, graph.Parameters, graph.Executor);
        var told = new List<(double Loss, double Norm)>();
        for (int step = 0; step < Steps; step++)
        {
            double loss = graph.Run(step);
            told.Add((loss, Norm(graph.Parameters)));
            run.Step();
        }

        return told;
    }

    static double Norm<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Math.Sqrt(parameters.Gradients.Span.ToArray().Select(double.CreateTruncating).Sum(value => value * value));

    static void Compare(string model, string rule, List<(double Loss, double Norm)> told, (double Loss, double Norm) first,
        (double Loss, double Norm) later)
    {
        var golden = Golden[(model, rule)].ToList();
        Assert.Equal(golden.Count, told.Count);
        var ofTheNet = Golden.Where(group => group.Key.Model == model).SelectMany(rows => rows).ToList();
        double lossGap = ofTheNet.Max(row => Gap(row[0], row[2])), normGap = ofTheNet.Max(row => Gap(row[1], row[3]));
        for (int step = 0; step < golden.Count && Gap(golden[step][1], golden[step][3]) < Chaos; step++)
        {
            var bound = step == 0 ? first : (Loss: Math.Max(later.Loss, 3 * lossGap), Norm: Math.Max(later.Norm, 3 * normGap));
            Near($"Step {step + 1}, loss", golden[step][0], told[step].Loss, bound.Loss);
            Near($"Step {step + 1}, norm", golden[step][1], told[step].Norm, bound.Norm);
        }
    }

    static double Gap(double exact, double single) => Math.Abs((single / exact) - 1);

    static void Near(string what, double expected, double actual, double bound) =>
        Assert.True(Math.Abs(actual - expected) <= bound * expected, $"{what}: {actual:R}, not {expected:R} within {bound:G2} of it.");
}
