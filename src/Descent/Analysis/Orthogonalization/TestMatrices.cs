using System.IO.Compression;
using System.Runtime.InteropServices;
using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Matrices to orthogonalize, by name.</summary>
/// <remarks><para>notebook: G·Gᵀ + 0.1·I with the 50×50 normal numbers that PyTorch draws after manual_seed(42).</para>
/// <para>gaussian: independent normal numbers. even, geometric: singular values from 1 down to 1/condition, at equal distances or at equal ratios, between random
/// orthogonal matrices.</para></remarks>
public static class TestMatrices
{
    public const string Notebook = "notebook", Gaussian = "gaussian", Even = "even", Geometric = "geometric";
    public const int LargestSide = 512;

    const int NotebookSize = 50;

    public static IReadOnlyList<string> Names { get; } = [Notebook, Gaussian, Even, Geometric];

    /// <param name="condition">The ratio of the largest singular value to the least, of even and geometric ones.</param>
    /// <param name="seed">Of those that are drawn.</param>
    /// <exception cref="BadInputException">There is no such matrix.</exception>
    public static double[,] Create(string name, int rows, int columns, double condition, ulong seed)
    {
        if (!Names.Contains(name))
        {
            throw new BadInputException($"{name} is not a matrix.{NearestName.Hint(name, Names)}");
        }

        if (name == Notebook)
        {
            return (rows, columns) is (NotebookSize, NotebookSize) ? ReadNotebook()
                : throw new BadInputException($"the notebook's matrix is {NotebookSize}×{NotebookSize}, got {rows}×{columns}: choose another with --matrix.");
        }

        if (Math.Min(rows, columns) < 1 || Math.Max(rows, columns) > LargestSide)
        {
            throw new BadInputException($"a matrix must have 1 to {LargestSide} rows and columns, got {rows}×{columns}.");
        }

        if (!(condition >= 1) || !double.IsFinite(condition))
        {
            throw new BadInputException(FormattableString.Invariant($"the condition must be a number of at least 1, got {condition}."));
        }

        var stream = new RandomStream(seed, StreamPurpose.Probe, 0);
        return name == Gaussian ? Normal(rows, columns, ref stream) : WithSpectrum(name, rows, columns, condition, ref stream);
    }

    static double[,] ReadNotebook()
    {
        using var packed = typeof(TestMatrices).Assembly.GetManifestResourceStream("gaussian-50x50.gz")!;
        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        byte[] bytes = new byte[NotebookSize * NotebookSize * sizeof(float)];
        stream.ReadExactly(bytes);
        var numbers = MemoryMarshal.Cast<byte, float>(bytes);
        var matrix = new double[NotebookSize, NotebookSize];
        for (int i = 0; i < NotebookSize; i++)
        {
            for (int j = 0; j < NotebookSize; j++)
            {
                double sum = i == j ? 0.1 : 0;
                for (int k = 0; k < NotebookSize; k++)
                {
                    sum += (double)numbers[(i * NotebookSize) + k] * numbers[(j * NotebookSize) + k];
                }

                matrix[i, j] = sum;
            }
        }

        return matrix;
    }

    static double[,] Normal(int rows, int columns, ref RandomStream stream)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = stream.NextNormal();
            }
        }

        return matrix;
    }

    static double[,] WithSpectrum(string name, int rows, int columns, double condition, ref RandomStream stream)
    {
        int count = Math.Min(rows, columns);
        double[,] left = Orthonormal(count, rows, ref stream), right = Orthonormal(count, columns, ref stream), matrix = new double[rows, columns];
        for (int k = 0; k < count; k++)
        {
            double share = count == 1 ? 0 : (double)k / (count - 1);
            double value = name == Even ? 1 - (share * (1 - (1 / condition))) : Math.Pow(condition, -share);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    matrix[i, j] += value * left[k, i] * right[k, j];
                }
            }
        }

        return matrix;
    }

    /// <summary>Orthonormal rows, by Gram and Schmidt, twice.</summary>
    static double[,] Orthonormal(int count, int length, ref RandomStream stream)
    {
        var rows = Normal(count, length, ref stream);
        for (int i = 0; i < count; i++)
        {
            for (int earlier = 0; earlier < 2 * i; earlier++)
            {
                AddScaled(rows, i, earlier % i, -Dot(rows, i, earlier % i));
            }

            AddScaled(rows, i, i, (1 / Math.Sqrt(Dot(rows, i, i))) - 1);
        }

        return rows;
    }

    static double Dot(double[,] rows, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < rows.GetLength(1); k++)
        {
            sum += rows[i, k] * rows[j, k];
        }

        return sum;
    }

    static void AddScaled(double[,] rows, int to, int from, double factor)
    {
        for (int k = 0; k < rows.GetLength(1); k++)
        {
            rows[to, k] += factor * rows[from, k];
        }
    }
}
