namespace Descent.Analysis;

/// <summary>The singular values of a matrix, each to about 1e-14 of itself, by one-sided Jacobi rotations.</summary>
/// <remarks>Rotations make all pairs of rows orthogonal; the lengths of the rows are then the singular values. Small ones do not drown in the rounding of large
/// ones. Demmel and Veselić, "Jacobi's method is more accurate than QR", 1992.</remarks>
static class SingularValues
{
    const int MostSweeps = 60;
    const double Orthogonal = 1e-15;

    /// <summary>As many as the shorter side has elements, falling; all are no number where an element is not finite.</summary>
    public static double[] Of(double[,] matrix)
    {
        double[][] rows = matrix.GetLength(0) <= matrix.GetLength(1) ? Rows(matrix) : Rows(Transposed(matrix));
        if (!rows.All(row => Array.TrueForAll(row, double.IsFinite)))
        {
            return [.. rows.Select(_ => double.NaN)];
        }

        for (int sweep = 0; sweep < MostSweeps && Sweep(rows); sweep++)
        {
        }

        return [.. rows.Select(row => TensorPrimitives.Norm<double>(row)).OrderDescending()];
    }

    /// <summary>Whether anything turned.</summary>
    static bool Sweep(double[][] rows)
    {
        bool hasTurned = false;
        for (int i = 0; i < rows.Length - 1; i++)
        {
            for (int j = i + 1; j < rows.Length; j++)
            {
                hasTurned |= Turn(rows[i], rows[j]);
            }
        }

        return hasTurned;
    }

    static bool Turn(double[] x, double[] y)
    {
        double a = TensorPrimitives.SumOfSquares<double>(x), b = TensorPrimitives.SumOfSquares<double>(y), product = TensorPrimitives.Dot<double>(x, y);
        if (Math.Abs(product) <= Orthogonal * Math.Sqrt(a * b))
        {
            return false;
        }

        double cotangent = (b - a) / (2 * product), tangent = Math.CopySign(1, cotangent) / (Math.Abs(cotangent) + double.Hypot(1, cotangent));
        double cosine = 1 / double.Hypot(1, tangent), sine = cosine * tangent;
        for (int k = 0; k < x.Length; k++)
        {
            (x[k], y[k]) = ((cosine * x[k]) - (sine * y[k]), (sine * x[k]) + (cosine * y[k]));
        }

        return true;
    }

    static double[][] Rows(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray())];

    static double[,] Transposed(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                transposed[j, i] = matrix[i, j];
            }
        }

        return transposed;
    }
}
