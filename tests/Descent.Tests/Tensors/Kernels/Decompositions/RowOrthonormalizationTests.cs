using System.Numerics;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels.Decompositions;

public class RowOrthonormalizationTests
{
    /// <summary>Each row is a sum of the first rows of the result up to itself; around the borders of panels and vectors.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    [InlineData(130)]
    public void RowsAreOrthonormalAndSpanWhatWasGiven(int size)
    {
        Verify(Rows<double>(size), size, 1e-13);
        Verify(Rows<float>(size), size, 1e-5);
    }

    /// <summary>Rows of very different length, of which some are zero or depend on others.</summary>
    [Fact]
    public void RowsMayDependOnOthers()
    {
        double[] rows = Rows<double>(40);
        for (int j = 0; j < 40; j++)
        {
            (rows[(7 * 40) + j], rows[(9 * 40) + j]) = (0, rows[(3 * 40) + j] - rows[(4 * 40) + j]);
            rows[(20 * 40) + j] *= 1e-12;
        }

        Verify(rows, 40, 1e-13);
        Verify(new double[1600], 40, 0);
    }

    [Fact]
    public void TheNumberOfThreadsChangesNoBit()
    {
        float[] one = Orthonormalize(Rows<float>(200), 200, threads: 1);
        Assert.Equal(one, Orthonormalize(Rows<float>(200), 200, threads: 2));
        Assert.Equal(one, Orthonormalize(Rows<float>(200), 200, threads: 8));
    }

    [Fact]
    public void WhatIsNotANumberStaysToBeSeen()
    {
        double[] rows = Rows<double>(20);
        rows[45] = double.NaN;

        Assert.Contains(double.NaN, Orthonormalize(rows, 20));
    }

    static void Verify<T>(T[] given, int size, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] q = Array.ConvertAll(Orthonormalize(given, size), double.CreateTruncating), x = Array.ConvertAll(given, double.CreateTruncating);
        for (int i = 0; i < size; i++)
        {
            double length = Math.Sqrt(Dot(x, i, x, i));
            double[] rest = x[(i * size)..((i + 1) * size)];
            for (int j = 0; j < size; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Dot(q, i, q, j), tolerance);
                double share = j <= i ? Dot(x, i, q, j) : 0;
                for (int k = 0; k < size; k++)
                {
                    rest[k] -= share * q[(j * size) + k];
                }
            }

            Assert.All(rest, value => Assert.Equal(0, value, tolerance * Math.Max(length, 1e-300)));
        }

        double Dot(double[] a, int i, double[] b, int j) => Enumerable.Range(0, size).Sum(k => a[(i * size) + k] * b[(j * size) + k]);
    }

    static T[] Rows<T>(int size) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, size * size).Select(i => T.CreateTruncating(Math.Sin((1.3 * i * i) + (0.2 * i) + 1)))];

    static T[] Orthonormalize<T>(T[] rows, int size, int threads = 2) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var arena = new Arena();
        var result = arena.Allocate<T>(new Shape(size, size));
        var plan = new RowOrthonormalization<Lanes256<T>, T>(new DecompositionMemory<Lanes256<T>, T>(arena, size + 3), executor, size);
        for (int run = 0; run < 2; run++)
        {
            for (int i = 0; i < size; i++)
            {
                rows.AsSpan(i * size, size).CopyTo(plan.Given(i));
            }

            plan.Run(result);
        }

        return result.Span.ToArray();
    }
}
