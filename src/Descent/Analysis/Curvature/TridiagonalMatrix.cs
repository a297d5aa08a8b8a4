using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix.</summary>
static class TridiagonalMatrix
{
    /// <summary>The eigenvalues in ascending order: Vectors[i] is the unit eigenvector [n] of Values[i].</summary>
    /// <param name="diagonal">[n].</param>
    /// <param name="offDiagonal">[n − 1] or longer: element i joins i and i + 1.</param>
    /// <exception cref="ArithmeticException">The matrix is not finite.</exception>
    public static (double[] Values, double[][] Vectors) Solve(IReadOnlyList<double> diagonal, IReadOnlyList<double> offDiagonal)
    {
        int n = diagonal.Count;
        double[] d = [.. diagonal], e = [.. offDiagonal.Take(n - 1), 0];
        if (!Array.TrueForAll(d, double.IsFinite) || !Array.TrueForAll(e, double.IsFinite))
        {
            throw new ArithmeticException("Eigenvalues are those of finite matrices; this one holds numbers that are not finite.");
        }

        double[][] rows = [.. Enumerable.Range(0, n).Select(i =>
        {
            double[] row = new double[n];
            row[i] = 1;
            return row;
        })];
        TridiagonalEigenvalues.Find(d, e, (i, c, s) => Rotate(rows[i], rows[i + 1], c, s));
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => d[i])];
        return ([.. order.Select(i => d[i])], [.. order.Select(i => rows[i])]);
    }

    static void Rotate(Span<double> first, Span<double> second, double c, double s)
    {
        for (int k = 0; k < first.Length; k++)
        {
            (first[k], second[k]) = ((c * first[k]) - (s * second[k]), (s * first[k]) + (c * second[k]));
        }
    }
}
