using System.Reflection;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class OpTests : IDisposable
{
    readonly WorkerPool pool = new(1);
    readonly Executor executor;

    public OpTests() => executor = pool.CreateExecutor();

    public static TheoryData<int, string> All =>
        new(OpCatalog.Rows.Select((row, index) => new TheoryDataRow<int, string>(index, row.ToString())));

    public static TheoryData<int, string> Differentiable =>
        new(OpCatalog.Rows.Index().Where(x => x.Item.Shapes.Length > 0).Select(x => new TheoryDataRow<int, string>(x.Index, x.Item.ToString())));

    public void Dispose()
    {
        executor.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void EveryOpHasARowAndEveryRowAnOp() => Assert.Equal(
        OpCatalog.Methods<double>().Select(method => method.GetCustomAttribute<OpAttribute>()!.Name).Order(),
        OpCatalog.Rows.Select(row => row.Op).Distinct().Order());

    [Theory]
    [MemberData(nameof(All))]
    public void TheValueIsThatOfANaiveLoop(int index, string _)
    {
        var row = OpCatalog.Rows[index];
        using var run = new OpRun<double>(executor, row, draw: 0);
        var expected = row.Expected(row.Inputs(0));

        Assert.Equal(expected.Length, run.Output.Count);
        Close(expected, run.Output.Span, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void FirstAndSecondDerivativesAreThoseOfCentralDifferences(int index, string _)
    {
        var row = OpCatalog.Rows[index];
        using var run = new OpRun<double>(executor, row, draw: 0);
        var weights = GradientCheck.Direction([run.Output.Shape.ToArray()], number: 9);
        GradientCheck.Run(executor, (tape, x) =>
        {
            var y = row.Invoke(tape, x, OpRun<double>.Labels(tape, row, draw: 0));
            return GradientCheck.Project(tape, [y], weights);
        }, row.Shapes, row.Inputs(0), order: 2);
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void TheFastGradientEqualsTheOneThatCanBeDifferentiated(int index, string _)
    {
        using var fast = new OpRun<double>(executor, OpCatalog.Rows[index], draw: 0);
        using var composed = new OpRun<double>(executor, OpCatalog.Rows[index], draw: 0, isDifferentiable: true);
        foreach (var (a, b) in fast.Gradients.Zip(composed.Gradients))
        {
            Close(b.Span, a.Span, 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void FloatAgreesWithDouble(int index, string _)
    {
        var row = OpCatalog.Rows[index];
        using var doubles = new OpRun<double>(executor, row, draw: 0, isRounded: true);
        using var singles = new OpRun<float>(executor, row, draw: 0, isRounded: true);
        Close(doubles.Output.Span, ToDouble(singles.Output), 3e-6);
        foreach (var (a, b) in doubles.Gradients.Zip(singles.Gradients))
        {
            Close(a.Span, ToDouble(b), 3e-6);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AReplayGivesTheBitsOfAFreshRunOnOtherInputs(int index, string _)
    {
        var row = OpCatalog.Rows[index];
        foreach (bool isDifferentiable in (bool[])[false, true])
        {
            using var replayed = new OpRun<double>(executor, row, draw: 0, isDifferentiable);
            using var fresh = new OpRun<double>(executor, row, draw: 1, isDifferentiable);
            replayed.Replay(draw: 1);
            Assert.Equal(fresh.Output.Span.ToArray(), replayed.Output.Span.ToArray());
            foreach (var (a, b) in fresh.Gradients.Zip(replayed.Gradients))
            {
                Assert.Equal(a.Span.ToArray(), b.Span.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AReplayAllocatesNothing(int index, string _)
    {
        using var run = new OpRun<float>(executor, OpCatalog.Rows[index], draw: 0);
        Assert.Equal(0, Allocated.BySteadyRuns(run.Replay));
    }

    /// <summary>Equal within a fraction of the largest number.</summary>
    static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        double largest = Math.Max(1e-3, expected.ToArray().Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * largest, $"Element {i} is {actual[i]:R}, not {expected[i]:R}.");
        }
    }

    static double[] ToDouble(Tensor<float> x) => [.. x.Span.ToArray().Select(value => (double)value)];
}
