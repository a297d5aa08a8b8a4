using Descent.Analysis;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Analysis.Gauges;

/// <summary>Matrices that change between searches.</summary>
public class LeadingEigenvalueTests
{
    /// <summary>Thirty outliers rise and fall over a bulk near zero, so that another one leads every few searches. Of two within a percent of each other either may be
    /// found; never a number above the largest.</summary>
    [Fact]
    public void AnEigenvalueThatOvertakesIsFound()
    {
        const int Size = 1000, Outliers = 30;
        var (found, products) = Follow(Size, step => [.. Enumerable.Range(0, Size).Select(i => i < Outliers ? 5 + (3 * Math.Sin((0.02 * step * (1 + (i % 7))) + i)) : 0.3 * Math.Sin(i))], 80);
        for (int step = 0; step < found.Count; step++)
        {
            double exact = Enumerable.Range(0, Outliers).Max(i => 5 + (3 * Math.Sin((0.02 * step * (1 + (i % 7))) + i)));
            Assert.InRange(found[step] / exact, 0.99, 1 + 1e-9);
        }

        Assert.InRange(products.Average(), 10, 60);
    }

    /// <summary>The largest, not the one of largest magnitude; also in a matrix of two numbers, and where all are equal.</summary>
    [Theory]
    [InlineData(new[] { -9.0, 2 }, 2)]
    [InlineData(new[] { 3.0, 3, 3, 3 }, 3)]
    [InlineData(new[] { -1.0, -2, -3, -4, -5 }, -1)]
    [InlineData(new[] { 0.0, 0, 0 }, 0)]
    public void SmallMatricesAreExact(double[] diagonal, double expected) =>
        Assert.All(Follow(diagonal.Length, _ => diagonal, 3).Found, x => Assert.Equal(expected, x, 1e-9));

    [Fact]
    public void WhereAProductIsNotFiniteThereIsNoNumberAndTheNextSearchStartsAnew()
    {
        var found = Follow(50, step => [.. Enumerable.Range(0, 50).Select(i => step == 1 && i == 7 ? double.NaN : i)], 3).Found;
        Assert.Equal(49, found[0], 1e-3);
        Assert.Equal(double.NaN, found[1]);
        Assert.Equal(49, found[2], 1e-3);
    }

    static (List<double> Found, List<int> Products) Follow(int size, Func<int, double[]> diagonal, int searches)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var search = new LeadingEigenvalue<double>(executor, size, seed: 3);
        List<double> found = [];
        List<int> products = [];
        for (int step = 0; step < searches; step++)
        {
            double[] now = diagonal(step);
            var (value, _, count) = search.Find((direction, product) =>
            {
                for (int i = 0; i < now.Length; i++)
                {
                    product.Span[i] = now[i] * direction.Span[i];
                }
            }, step);
            found.Add(value);
            products.Add(count);
        }

        return (found, products);
    }
}
