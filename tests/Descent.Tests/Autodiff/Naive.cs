namespace Descent.Tests.Autodiff;

/// <summary>Textbook loops and series that ops are held against.</summary>
static class Naive
{
    public static Func<double[][], double[]> Each(Func<double, double> f) => x => [.. x[0].Select(f)];

    public static Func<double[][], double[]> Pair(Func<double, double, double> f) => x => [.. x[0].Zip(x[1], f)];

    /// <summary>[rows, columns] of f(row, column).</summary>
    public static double[] Matrix(int rows, int columns, Func<int, int, double> f) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => f(i / columns, i % columns))];

    /// <summary>[rows, columns] of Σ f(row, k)·g(k, column) over k below depth.</summary>
    public static double[] Product(int rows, int depth, int columns, Func<int, int, double> f, Func<int, int, double> g) =>
        Matrix(rows, columns, (i, j) => Enumerable.Range(0, depth).Sum(k => f(i, k) * g(k, j)));

    /// <summary>One number or one row from each row.</summary>
    public static Func<double[][], double[]> Rows(int columns, Func<double[], IEnumerable<double>> f) =>
        x => [.. x[0].Chunk(columns).SelectMany(f)];

    public static double LogSumExp(double[] x) => Math.Log(x.Sum(Math.Exp));

    /// <summary>erf x = 2/√π·Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1)): enough for |x| below 3.</summary>
    public static double Erf(double x)
    {
        double power = x, sum = 0;
        for (int n = 0; n < 100; n++)
        {
            sum += power / ((2 * n) + 1);
            power *= -x * x / (n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    public static double NormalDistribution(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;

    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
