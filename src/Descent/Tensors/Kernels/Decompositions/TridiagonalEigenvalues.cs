namespace Descent.Tensors.Kernels;

/// <summary>The eigenvalues of a symmetric tridiagonal matrix by the implicit QL algorithm, and the rotations that lead there.</summary>
/// <remarks>Bowdler, Martin, Reinsch and Wilkinson, "The QR and QL algorithms for symmetric matrices", 1968; in double whatever the matrix came
/// from.</remarks>
static class TridiagonalEigenvalues
{
    const int MostSweeps = 60;
    const double Rounding = 2.2e-16;

    /// <summary>What is so small beside the largest element is zero, or noise of noise might never fall apart.</summary>
    const double Nothing = 1e-36;

    /// <summary>Overwrites <paramref name="d"/>, the diagonal, with the eigenvalues in no order; <paramref name="e"/> holds the numbers beside it, and
    /// ends as zeros.</summary>
    /// <param name="rotate">Called for each rotation with (i, cosine, sine): the new rows i and i + 1 of the eigenvectors are c·zᵢ − s·zᵢ₊₁ and
    /// s·zᵢ + c·zᵢ₊₁.</param>
    /// <exception cref="InvalidOperationException">It does not converge, which no finite matrix is known to do.</exception>
    public static void Find(double[] d, double[] e, Action<int, double, double> rotate)
    {
        int size = d.Length;
        e[size - 1] = 0;
        double nothing = Nothing * Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(d)), Math.Abs(TensorPrimitives.MaxMagnitude<double>(e)));
        for (int l = 0; l < size; l++)
        {
            for (int sweep = 0, m; (m = End(d, e, l, nothing)) != l; sweep++)
            {
                if (sweep == MostSweeps)
                {
                    throw new InvalidOperationException($"The eigenvalues of a matrix of {size} rows did not converge.");
                }

                Sweep(d, e, l, m, rotate);
            }
        }
    }

    /// <summary>The last row of the block that begins at l and does not fall apart.</summary>
    static int End(double[] d, double[] e, int l, double nothing)
    {
        int m = l;
        while (m < d.Length - 1 && Math.Abs(e[m]) > (Rounding * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))) + nothing)
        {
            m++;
        }

        return m;
    }

    static void Sweep(double[] d, double[] e, int l, int m, Action<int, double, double> rotate)
    {
        double shift = (d[l + 1] - d[l]) / (2 * e[l]), r = double.Hypot(shift, 1);
        double g = d[m] - d[l] + (e[l] / (shift + Math.CopySign(r, shift))), s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            e[i + 1] = r = double.Hypot(f, g);
            if (r == 0)
            {
                // The block falls apart within the sweep.
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            rotate(i, c, s);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
