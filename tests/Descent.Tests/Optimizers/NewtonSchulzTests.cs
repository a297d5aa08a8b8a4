using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers;

/// <summary>The iteration against sums written out, for shapes that the trajectories do not have.</summary>
public class NewtonSchulzTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(7, 40)]
    [InlineData(40, 7)]
    [InlineData(33, 130)]
    [InlineData(130, 33)]
    [InlineData(64, 2100)]
    public void OneStepIsThePolynomialOfTheGramMatrix(int rows, int columns)
    {
        var (x, y) = Run(rows, columns, NewtonSchulzCoefficients.Jordan, steps: 1);
        double norm = Math.Sqrt(x.Cast<double>().Sum(value => value * value)) + 1e-7;
        var expected = Step(Scaled(x, 1 / norm), 3.4445, -4.7750, 2.0315);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(expected[i, j], y[i, j], 1e-12);
            }
        }
    }

    /// <summary>The Taylor set converges: the result times its transpose is the unit matrix.</summary>
    [Theory]
    [InlineData(20, 50)]
    [InlineData(50, 20)]
    public void ManyStepsOfTheTaylorSetGiveAnOrthogonalMatrix(int rows, int columns)
    {
        var (_, y) = Run(rows, columns, NewtonSchulzCoefficients.Taylor, steps: 30);
        var gram = rows <= columns ? Product(y, Transposed(y)) : Product(Transposed(y), y);
        for (int i = 0; i < gram.GetLength(0); i++)
        {
            for (int j = 0; j < gram.GetLength(1); j++)
            {
                Assert.Equal(i == j ? 1 : 0, gram[i, j], 1e-10);
            }
        }
    }

    static (double[,] X, double[,] Y) Run(int rows, int columns, string coefficients, int steps)
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        // A larger matrix first, so that the memory is not as it was made.
        using var memory = new NewtonSchulzMemory<double>([(rows, columns), (150, 160)]);
        var larger = new NewtonSchulz<Lanes256<double>, double>(memory, executor, 150, 160, coefficients, 1, 1e-7);
        var plan = new NewtonSchulz<Lanes256<double>, double>(memory, executor, rows, columns, coefficients, steps, 1e-7);
        larger.Input.Span.Fill(3);
        larger.Run();
        var x = new double[rows, columns];
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        for (int i = 0; i < rows * columns; i++)
        {
            x[i / columns, i % columns] = plan.Input.Span[i] = stream.NextNormal();
        }

        plan.Run();
        var y = new double[rows, columns];
        for (int i = 0; i < rows * columns; i++)
        {
            y[i / columns, i % columns] = plan.Output.Span[i];
        }

        return (x, y);
    }

    static double[,] Step(double[,] x, double a, double b, double c)
    {
        var once = Product(Product(x, Transposed(x)), x);
        var twice = Product(Product(x, Transposed(x)), once);
        return Sum(Scaled(x, a), Sum(Scaled(once, b), Scaled(twice, c)));
    }

    static double[,] Product(double[,] a, double[,] b) => Fill(a.GetLength(0), b.GetLength(1), (i, j) =>
    {
        double sum = 0;
        for (int k = 0; k < a.GetLength(1); k++)
        {
            sum += a[i, k] * b[k, j];
        }

        return sum;
    });

    static double[,] Transposed(double[,] a) => Fill(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    static double[,] Scaled(double[,] a, double factor) => Fill(a.GetLength(0), a.GetLength(1), (i, j) => factor * a[i, j]);

    static double[,] Sum(double[,] a, double[,] b) => Fill(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] + b[i, j]);

    static double[,] Fill(int rows, int columns, Func<int, int, double> value)
    {
        var result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[i, j] = value(i, j);
            }
        }

        return result;
    }
}
