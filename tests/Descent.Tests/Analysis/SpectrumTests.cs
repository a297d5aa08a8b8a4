using Descent.Analysis;
using Descent.Optimizers;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Analysis;

/// <summary>Spectra of matrices whose eigenvalues are known.</summary>
public class SpectrumTests
{
    /// <summary>The second difference of n points: 2 − 2·cos(kπ/(n + 1)).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(200)]
    public void TridiagonalEigenvaluesAreThoseOfTheClosedForm(int n)
    {
        var (values, vectors) = TridiagonalMatrix.Solve([.. Enumerable.Repeat(2.0, n)], [.. Enumerable.Repeat(-1.0, n)]);
        for (int k = 1; k <= n; k++)
        {
            Assert.Equal(2 - (2 * Math.Cos(k * Math.PI / (n + 1))), values[k - 1], 1e-13);
            double[] sines = [.. Enumerable.Range(1, n).Select(i => Math.Sqrt(2.0 / (n + 1)) * Math.Sin(i * k * Math.PI / (n + 1)))];
            Assert.Equal(1, Math.Abs(sines.Zip(vectors[k - 1], (a, b) => a * b).Sum()), 1e-12);
        }
    }

    [Fact]
    public void TridiagonalMatricesMayComeApartAndHaveZeros()
    {
        Assert.Equal([0, 0, 0], TridiagonalMatrix.Solve([0, 0, 0], [0, 0]).Values);
        Assert.Equal([-3, 1, 4], TridiagonalMatrix.Solve([4, -3, 1], [0, 0]).Values);
        double[] values = TridiagonalMatrix.Solve([0, 0, 5], [2, 0]).Values;
        Assert.Equal(-2, values[0], 1e-15);
        Assert.Equal(2, values[1], 1e-15);
        Assert.Equal(5, values[2]);
        Assert.Contains("not finite", Assert.Throws<ArithmeticException>(() => TridiagonalMatrix.Solve([1, double.NaN], [1])).Message);
    }

    /// <summary>Eigenvalues that occur several times are found as often as they occur, also by a space that is exhausted early.</summary>
    [Fact]
    public void MultipleEigenvaluesAreFound()
    {
        double[] diagonal = [7, 7, 7, 2, 2, 0, 0, 0, -1, -1];
        var spectrum = Find(diagonal, new() { Top = 10, Smallest = 10, Tolerance = 0 });

        Assert.Equal(10, spectrum.Steps);
        Assert.Equal(23, spectrum.Trace.Value, 1e-12);
        Assert.All(spectrum.Largest.Zip(diagonal), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-12));
        Assert.All(spectrum.Smallest.Zip(diagonal.Reverse()), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-12));
    }

    /// <summary>A residual bounds the distance to an eigenvalue, and what has not converged says so.</summary>
    [Fact]
    public void ResidualsAreBounds()
    {
        double[] diagonal = [.. Enumerable.Range(0, 2000).Select(i => Math.Sin(i))];
        var spectrum = Find(diagonal, new() { Top = 3, Smallest = 3, MostSteps = 12, Probes = 2 });

        Assert.False(spectrum.IsConverged);
        Assert.Equal(12, spectrum.Steps);
        Assert.All(spectrum.Largest.Concat(spectrum.Smallest), pair =>
        {
            Assert.InRange(pair.Residual, 1e-6, 1);
            Assert.InRange(diagonal.Min(x => Math.Abs(x - pair.Value)), 0, pair.Residual);
        });
    }

    [Theory]
    [InlineData(0, 0, "top must lie in 1-4 (the Hessian has as many eigenvalues as the model has parameters), got 0.")]
    [InlineData(5, 0, "top must lie in 1-4 (the Hessian has as many eigenvalues as the model has parameters), got 5.")]
    [InlineData(1, 9, "smallest must lie in 1-4 (the Hessian has as many eigenvalues as the model has parameters), got 9.")]
    public void MoreEigenvaluesThanThereAreAreRefused(int top, int smallest, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Find([1, 2, 3, 4], new() { Top = top, Smallest = smallest })).Message);

    /// <summary>The quadrature of a diagonal matrix: every random sign vector has the same weight on each eigenvalue.</summary>
    [Fact]
    public void TheDensityOfADiagonalMatrixIsExact()
    {
        var density = Find([1, 1, 1, 5], new() { Top = 1, Smallest = 0, DensityStarts = 3 }).Density!;

        Assert.Equal(0.75, density.FractionBelow(3), 1e-12);
        Assert.Equal(1, density.FractionBelow(5.001), 1e-12);
        // At a node the normal distribution has its height.
        Assert.Equal(0.25 / (0.1 * Math.Sqrt(2 * Math.PI)), density.At(5, 0.1), 1e-9);
    }

    /// <summary>Slopes of one number's square: with a sharpness below the limit the rule comes to rest, above it is thrown out.</summary>
    [Theory]
    [InlineData("sgd", 0.0, false)]
    [InlineData("sgd", 0.9, false)]
    [InlineData("sgd", 0.9, true)]
    public void LimitsOfGradientDescentAreWhereItTurns(string rule, double momentum, bool isNesterov)
    {
        var sgd = (Sgd)OptimizerCatalog.Default.Create(rule, new Dictionary<string, object> { ["learning_rate"] = 0.1, ["momentum"] = momentum, ["nesterov"] = isNesterov });
        double limit = StabilityLimit.Of(sgd)!.Value;

        Assert.InRange(After(0.98 * limit), 0, 1e-3);
        Assert.InRange(After(1.02 * limit), 1e3, double.PositiveInfinity);

        double After(double sharpness)
        {
            double x = 1, v = 0;
            for (int step = 0; step < 2000; step++)
            {
                double g = sharpness * x;
                v = (momentum * v) + g;
                x -= 0.1 * (isNesterov ? g + (momentum * v) : v);
            }

            return Math.Abs(x);
        }
    }

    [Fact]
    public void TheLimitOfAdamIsThatOfAMeanOfGradients()
    {
        Assert.Equal(38 / 0.001, StabilityLimit.Of(new Adam(LearningRate: 0.001))!.Value, 1e-6);
        Assert.Null(StabilityLimit.Of(new Lion()));
        Assert.InRange(After(0.98), 0, 1e-3);
        Assert.InRange(After(1.02), 1e3, double.PositiveInfinity);

        static double After(double share)
        {
            double x = 1, m = 0, sharpness = share * StabilityLimit.Of(new AdamW(LearningRate: 0.1, Beta1: 0.8))!.Value;
            for (int step = 0; step < 2000; step++)
            {
                m = (0.8 * m) + (0.2 * sharpness * x);
                x -= 0.1 * m;
            }

            return Math.Abs(x);
        }
    }

    static HessianSpectrum Find(double[] diagonal, SpectrumSettings settings)
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        return new SpectrumRun<double>(executor, diagonal.Length, (direction, product) =>
        {
            for (int i = 0; i < diagonal.Length; i++)
            {
                product.Span[i] = diagonal[i] * direction.Span[i];
            }
        }, settings, TestContext.Current.CancellationToken).Find();
    }
}
