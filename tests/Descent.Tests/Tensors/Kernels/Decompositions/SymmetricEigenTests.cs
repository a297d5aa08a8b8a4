using System.Numerics;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels.Decompositions;

public class SymmetricEigenTests
{
    /// <summary>From numpy.linalg.eigvalsh: the two smallest, the middle one and the two largest.</summary>
    public static TheoryData<int, double[]> OfNumpy => new()
    {
        { 1, [0.8414709848078965] },
        { 2, [-1.0531964325930092, 1.3580944994004711] },
        { 3, [-1.3552869819174322, -0.34961532034319365, 1.8774486189703146] },
        { 5, [-1.4167522791764144, -0.7943316177704798, -0.07320930457630068, 0.8081024070319265, 2.8300150269281312] },
        { 17, [-4.512075035752289, -3.884763641102585, -0.12250712846997965, 4.838651114151009, 4.859882804578968] },
        { 64, [-9.333373847514578, -8.978915872941995, 0.4150771733470676, 9.146897093156394, 9.471554664506096] },
        { 130, [-13.464107552479561, -13.035146211167255, 0.17648950449394482, 12.990287542974253, 13.143574538863987] },
    };

    [Theory]
    [MemberData(nameof(OfNumpy))]
    public void TheEigenvaluesAreThoseOfNumpy(int size, double[] expected)
    {
        double[] values = Decompose(Sines<double>(size), size).Values;

        double[] chosen = size > 5 ? [values[0], values[1], values[size / 2], values[^2], values[^1]] : values;
        Assert.All(expected.Zip(chosen), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * size));
        Assert.Equal(values.Order(), values);
    }

    /// <summary>A·v = λ·v and orthonormal vectors, on every width of vector, with and without a tail.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(130)]
    [InlineData(300)]
    public void TheVectorsBelongToTheValues(int size)
    {
        foreach (int bits in new[] { 128, 256, 512 })
        {
            _ = Verify(Sines<double>(size), size, bits, 1e-14);
            _ = Verify(Sines<float>(size), size, bits, 2e-6);
        }
    }

    /// <summary>Of 40 eigenvalues 28 are zero; and matrices that have all of one kind.</summary>
    [Fact]
    public void EigenvaluesMayBeEqual()
    {
        double[] gram = new double[1600], unit = new double[1600], ones = new double[1600];
        for (int i = 0; i < 1600; i++)
        {
            gram[i] = Enumerable.Range(0, 12).Sum(k => Factor(i / 40, k) * Factor(i % 40, k));
            (unit[i], ones[i]) = (i / 40 == i % 40 ? 3 : 0, 1);
        }

        double[] values = Verify(gram, 40, 256, 1e-14);
        Assert.All(values[..28], value => Assert.Equal(0, value, 1e-13));
        Assert.Equal([8.473385574312244, 10.141311115758977], values[28..30].Select(x => Math.Round(x, 11)).Zip([8.473385574312244, 10.141311115758977],
            (x, y) => Math.Abs(x - y) < 1e-10 ? y : x));
        Assert.All(Verify(unit, 40, 256, 1e-15), value => Assert.Equal(3, value, 1e-14));
        Assert.Equal(40, Verify(ones, 40, 256, 1e-14)[^1], 1e-13);
        Assert.All(Verify(new double[1600], 40, 256, 0), value => Assert.Equal(0, value));

        static double Factor(int i, int k) => Math.Sin((5.0 * i * i) + k + (i * k));
    }

    /// <summary>Squares of the elements would leave the range of float.</summary>
    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void LargeAndSmallMatricesAreAlike(double scale)
    {
        float[] matrix = Sines<float>(20);
        double[] plain = Decompose(matrix, 20).Values, scaled = Decompose(Array.ConvertAll(matrix, x => x * (float)scale), 20).Values;

        Assert.All(plain.Zip(scaled), pair => Assert.Equal(pair.First, pair.Second / scale, 1e-5));
    }

    [Fact]
    public void TheNumberOfThreadsChangesNoBit()
    {
        var one = Decompose(Sines<float>(300), 300, threads: 1);
        foreach (int threads in new[] { 2, 8 })
        {
            var many = Decompose(Sines<float>(300), 300, threads: threads);
            Assert.Equal(one.Values, many.Values);
            Assert.Equal(one.Vectors, many.Vectors);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void WhatIsNotFiniteStaysToBeSeen(float value)
    {
        float[] matrix = Sines<float>(20);
        matrix[43] = matrix[62] = value;

        var (values, vectors) = Decompose(matrix, 20);

        Assert.All(values, x => Assert.Equal(double.NaN, x));
        Assert.All(vectors, x => Assert.Equal(float.NaN, x));
    }

    static double[] Verify<T>(T[] matrix, int size, int bits, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (values, vectors) = Decompose(matrix, size, bits);
        double[] v = Array.ConvertAll(vectors, double.CreateTruncating), a = Array.ConvertAll(matrix, double.CreateTruncating);
        double largest = values.Max(Math.Abs), limit = tolerance * Math.Sqrt(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double product = 0, dot = 0;
                for (int k = 0; k < size; k++)
                {
                    product += a[(j * size) + k] * v[(i * size) + k];
                    dot += v[(i * size) + k] * v[(j * size) + k];
                }

                Assert.Equal(values[i] * v[(i * size) + j], product, limit * largest);
                Assert.Equal(i == j ? 1 : 0, dot, 2 * limit);
            }
        }

        return values;
    }

    static T[] Sines<T>(int size) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new T[size * size];
        for (int i = 0; i < matrix.Length; i++)
        {
            double low = Math.Min(i / size, i % size), high = Math.Max(i / size, i % size);
            matrix[i] = T.CreateTruncating(Math.Sin(1 + (3 * low) + (7 * high) + (low * high)));
        }

        return matrix;
    }

    /// <summary>On memory that a larger matrix has used before.</summary>
    static (double[] Values, T[] Vectors) Decompose<T>(T[] matrix, int size, int bits = 256, int threads = 2) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var decomposition = new Decomposition<T>(matrix, size, threads);
        VectorWidth.Run<T, Decomposition<T>>(bits, ref decomposition);
        return (decomposition.Values, decomposition.Vectors);
    }

    struct Decomposition<T>(T[] matrix, int size, int threads) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public double[] Values { get; private set; } = [];

        public T[] Vectors { get; private set; } = [];

        public void Run<V>() where V : struct, IVector<V, T>
        {
            using var pool = new WorkerPool(threads);
            using var executor = pool.CreateExecutor();
            using var arena = new Arena();
            var memory = new DecompositionMemory<V, T>(arena, size + 5);
            var before = arena.Allocate<T>(new Shape(size + 5, size + 5));
            Sines<T>(size + 5).CopyTo(before.Span);
            new SymmetricEigen<V, T>(memory, executor, size + 5).Run(before);
            var tensor = arena.Allocate<T>(new Shape(size, size));
            matrix.CopyTo(tensor.Span);
            var eigen = new SymmetricEigen<V, T>(memory, executor, size);
            eigen.Run(tensor);
            Assert.Equal(matrix, tensor.Span.ToArray());
            (Values, Vectors) = (eigen.Values, eigen.Vectors.Span.ToArray());
        }
    }
}
