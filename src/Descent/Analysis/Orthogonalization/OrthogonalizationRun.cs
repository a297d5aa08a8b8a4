using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>Newton–Schulz at work on one matrix: its singular values after each step.</summary>
/// <param name="Coefficients">The name of the set.</param>
/// <param name="Polynomials">Of each step taken.</param>
/// <param name="Repeated">Of all steps once the set's own are taken.</param>
/// <param name="Steps">Singular values, falling: first as scaled, then after each step.</param>
public sealed record OrthogonalizationRun(string Coefficients, IReadOnlyList<OddQuintic> Polynomials, OddQuintic Repeated,
    IReadOnlyList<IReadOnlyList<double>> Steps)
{
    /// <summary>The names of the sets.</summary>
    public static IReadOnlyList<string> Sets { get; } =
        [NewtonSchulzCoefficients.Jordan, NewtonSchulzCoefficients.Taylor, NewtonSchulzCoefficients.Quintic, NewtonSchulzCoefficients.PolarExpress];

    /// <summary>X ← a·X + b·(X·Xᵀ)·X + c·(X·Xᵀ)²·X, from X divided by its norm.</summary>
    /// <param name="matrix">Not changed.</param>
    /// <param name="set">One of <see cref="Sets"/>.</param>
    /// <param name="steps">0 and more.</param>
    /// <param name="isSpectral">Whether X is divided by its largest singular value, where Muon divides by the root of the sum of their squares (and polar-express by
    /// 1.01 of that).</param>
    /// <exception cref="BadInputException">There is no such set.</exception>
    public static OrthogonalizationRun Of(double[,] matrix, string set, int steps, bool isSpectral, StepPrecision precision)
    {
        if (!Sets.Contains(set))
        {
            throw new BadInputException($"{set} is not a set of coefficients.{NearestName.Hint(set, Sets)}");
        }

        double[] values = SingularValues.Of(matrix);
        double norm = isSpectral ? values[0] : NewtonSchulzCoefficients.NormFactor(set) * Math.Sqrt(values.Sum(x => x * x));
        var x = Map(matrix, value => precision.Round(norm > 0 ? value / norm : value));
        var polynomials = Enumerable.Range(0, steps).Select(step => NewtonSchulzCoefficients.At(set, step)).ToList();
        var repeated = NewtonSchulzCoefficients.At(set, int.MaxValue);
        List<IReadOnlyList<double>> path = [SingularValues.Of(x)];
        for (int step = 0; step < steps; step++)
        {
            x = Step(x, polynomials[step], precision);
            path.Add(SingularValues.Of(x));
        }

        return new(set, [.. polynomials.Select(p => new OddQuintic(p.A, p.B, p.C))], new(repeated.A, repeated.B, repeated.C), path);
    }

    /// <summary>As Jordan's code does it, every product rounded.</summary>
    static double[,] Step(double[,] x, (double A, double B, double C) p, StepPrecision precision)
    {
        bool isWide = x.GetLength(0) <= x.GetLength(1);
        var rows = isWide ? x : Transposed(x);
        var gram = Product(rows, Transposed(rows), precision);
        var square = Product(gram, gram, precision);
        var polynomial = Combine(gram, p.B, square, p.C, precision);
        var moved = Combine(rows, p.A, Product(polynomial, rows, precision), 1, precision);
        return isWide ? moved : Transposed(moved);
    }

    static double[,] Combine(double[,] x, double a, double[,] y, double b, StepPrecision precision) => Fill(x.GetLength(0), x.GetLength(1),
        (i, j) => precision.Round(precision.Round(a * x[i, j]) + precision.Round(b * y[i, j])));

    static double[,] Product(double[,] a, double[,] b, StepPrecision precision)
    {
        int depth = a.GetLength(1);
        var columns = Transposed(b);
        return Fill(a.GetLength(0), b.GetLength(1), (i, j) =>
        {
            double sum = 0;
            float single = 0;
            for (int k = 0; k < depth; k++)
            {
                if (precision == StepPrecision.Float64)
                {
                    sum += a[i, k] * columns[j, k];
                }
                else
                {
                    single += (float)a[i, k] * (float)columns[j, k];
                }
            }

            return precision == StepPrecision.Float64 ? sum : precision.Round(single);
        });
    }

    static double[,] Map(double[,] x, Func<double, double> function) => Fill(x.GetLength(0), x.GetLength(1), (i, j) => function(x[i, j]));

    static double[,] Transposed(double[,] x) => Fill(x.GetLength(1), x.GetLength(0), (i, j) => x[j, i]);

    static double[,] Fill(int rows, int columns, Func<int, int, double> value)
    {
        var filled = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                filled[i, j] = value(i, j);
            }
        }

        return filled;
    }
}
