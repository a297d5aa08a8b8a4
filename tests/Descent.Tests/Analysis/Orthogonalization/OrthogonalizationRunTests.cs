using Descent.Analysis;
using Descent.Optimizers;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Analysis.Orthogonalization;

public class OrthogonalizationRunTests
{
    /// <summary>From PyTorch: torch.linalg.svdvals of the notebook's matrix and of its iterates in double; the largest, the 26th and the least.</summary>
    public static TheoryData<string, bool, int, double[]> OfPyTorch => new()
    {
        { "jordan", true, 0, [1.0, 0.15779428045731986, 0.0014608752931754175] },
        { "jordan", true, 1, [1.1987655953956993, 0.5249605151422613, 0.005031970060163609] },
        { "jordan", true, 5, [1.1340511418547945, 0.9304457913708164, 0.6643993161574095] },
        { "jordan", true, 10, [1.1343559470922895, 0.751903358085916, 0.6819175272861723] },
        { "jordan", false, 5, [1.1695956641498733, 0.831056011541375, 0.25176750970282596] },
        { "taylor", true, 1, [1.0, 0.2909898041465894, 0.0027391372775355744] },
        { "taylor", true, 5, [1.0, 0.9999916494947274, 0.03384448064316753] },
        { "taylor", true, 10, [1.0, 1.0, 0.6735936222679163] },
        { "taylor", false, 5, [1.0, 0.897953497442739, 0.012131909067082261] },
    };

    [Theory]
    [MemberData(nameof(OfPyTorch))]
    public void TheNotebooksMatrixGoesAsInPyTorch(string set, bool isSpectral, int steps, double[] expected)
    {
        var values = OrthogonalizationRun.Of(Notebook(), set, steps, isSpectral, StepPrecision.Float64).Steps[^1];

        Assert.Equal(50, values.Count);
        Assert.All(expected.Zip([values[0], values[25], values[49]]), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Fact]
    public void JordansCoefficientsDoNotSumToOne()
    {
        var jordan = OrthogonalizationRun.Of(Notebook(), "jordan", 0, false, StepPrecision.Float64).Repeated;

        Assert.Equal(0.701, jordan.CoefficientSum);
        Assert.Equal(jordan.CoefficientSum, jordan.At(1), 1e-15);
        Assert.Equal((0.682, 1.134), (Math.Round(jordan.LongRunBand().Low, 3), Math.Round(jordan.LongRunBand().High, 3)));
        Assert.DoesNotContain(jordan.FixedPoints, point => point.Attracts);
        Assert.Equal(jordan.At(Math.Sqrt((4.775 + Math.Sqrt((4.775 * 4.775) - (4 * 2.0315 * 2.4445))) / (2 * 2.0315))), jordan.FixedPoints[1].Value, 1e-12);
    }

    [Fact]
    public void TaylorsCoefficientsConvergeToOne()
    {
        var taylor = OrthogonalizationRun.Of(Notebook(), "taylor", 0, false, StepPrecision.Float64).Repeated;

        Assert.Equal(1, taylor.CoefficientSum);
        Assert.Equal((1, 0, true), (taylor.FixedPoints[0].Value, Math.Round(taylor.FixedPoints[0].Slope, 12), taylor.FixedPoints[0].Attracts));
        Assert.False(taylor.FixedPoints[1].Attracts);
        Assert.Equal((1, 1), (Math.Round(taylor.LongRunBand().Low, 9), Math.Round(taylor.LongRunBand().High, 9)));
        Assert.All(OrthogonalizationRun.Of(Notebook(), "taylor", 30, false, StepPrecision.Float64).Steps[^1], value => Assert.Equal(1, value, 1e-12));
        Assert.All(OrthogonalizationRun.Of(Notebook(), "polar-express", 10, false, StepPrecision.Float64).Steps[^1], value => Assert.Equal(1, value, 1e-9));
    }

    [Fact]
    public void SlopesAreDerivatives()
    {
        var p = new OddQuintic(3.4445, -4.7750, 2.0315);
        const double H = 1e-6;

        Assert.All(new[] { 0.1, 0.8, 1.2 }, x => Assert.Equal((p.At(x + H) - p.At(x - H)) / (2 * H), p.Slope(x), 1e-8));
        Assert.All(p.FixedPoints, point => Assert.Equal(point.Value, p.At(point.Value), 1e-14));
    }

    /// <summary>Muon's own plan comes to the same matrix, so to the same singular values.</summary>
    [Theory]
    [InlineData("jordan", 40, 24)]
    [InlineData("polar-express", 20, 60)]
    public void ItIsMuonsIteration(string set, int rows, int columns)
    {
        double[,] x = TestMatrices.Create(TestMatrices.Gaussian, rows, columns, 1, seed: 3);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var memory = new NewtonSchulzMemory<double>([(rows, columns)]);
        var plan = new NewtonSchulz<Lanes256<double>, double>(memory, executor, rows, columns, set, 5, 1e-300);
        for (int i = 0; i < x.Length; i++)
        {
            plan.Input.Span[i] = x[i / columns, i % columns];
        }

        plan.Run();
        var y = new double[rows, columns];
        for (int i = 0; i < x.Length; i++)
        {
            y[i / columns, i % columns] = plan.Output.Span[i];
        }

        Assert.All(SingularValues.Of(y).Zip(OrthogonalizationRun.Of(x, set, 5, false, StepPrecision.Float64).Steps[^1]),
            pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    [Theory]
    [InlineData("geometric", 20, 33, 1e8)]
    [InlineData("even", 33, 20, 1e3)]
    [InlineData("geometric", 1, 5, 10)]
    public void MatricesHaveTheSpectrumThatTheirNameSays(string name, int rows, int columns, double condition)
    {
        double[] values = SingularValues.Of(TestMatrices.Create(name, rows, columns, condition, seed: 1));

        int count = Math.Min(rows, columns);
        Assert.Equal(count, values.Length);
        Assert.Equal(1, values[0], 1e-12);
        for (int k = 1; k < count; k++)
        {
            double share = (double)k / (count - 1);
            double expected = name == "even" ? 1 - (share * (1 - (1 / condition))) : Math.Pow(condition, -share);
            Assert.Equal(1, values[k] / expected, 1e-7);
        }
    }

    [Fact]
    public void ResultsAreRoundedToTheirPrecision()
    {
        Assert.Equal(1.0078125, StepPrecision.BFloat16.Round(1.0059));
        Assert.Equal(1.0, StepPrecision.BFloat16.Round(1.00390625));
        Assert.Equal(1.015625, StepPrecision.BFloat16.Round(1.01171875));
        Assert.Equal((double)0.1f, StepPrecision.Float32.Round(0.1));
        Assert.Equal(double.PositiveInfinity, StepPrecision.BFloat16.Round(double.PositiveInfinity));
        var single = OrthogonalizationRun.Of(Notebook(), "taylor", 5, true, StepPrecision.Float32).Steps[^1];
        var half = OrthogonalizationRun.Of(Notebook(), "taylor", 5, true, StepPrecision.BFloat16).Steps[^1];
        Assert.Equal(0.03384448064316753, single[49], 1e-5);
        Assert.InRange(Math.Abs(half[49] - 0.03384448064316753), 1e-5, 0.01);
    }

    [Theory]
    [InlineData("jordann", "notebook", 50, "jordann is not a set of coefficients. Did you mean \"jordan\"? Known: jordan, taylor, quintic, polar-express.")]
    [InlineData("jordan", "notebok", 50, "notebok is not a matrix. Did you mean \"notebook\"? Known: notebook, gaussian, even, geometric.")]
    [InlineData("jordan", "notebook", 20, "the notebook's matrix is 50×50, got 20×20: choose another with --matrix.")]
    [InlineData("jordan", "gaussian", 600, "a matrix must have 1 to 512 rows and columns, got 600×600.")]
    public void AMistakeIsOneSentence(string set, string matrix, int size, string sentence) => Assert.Equal(sentence, Assert.Throws<BadInputException>(
        () => OrthogonalizationRun.Of(TestMatrices.Create(matrix, size, size, 10, 0), set, 1, false, StepPrecision.Float64)).Message);

    static double[,] Notebook() => TestMatrices.Create(TestMatrices.Notebook, 50, 50, 1, 0);
}
