using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>Orthonormal vectors, one added after another, that others are made orthogonal to. Sums go in an order that the shape alone decides.</summary>
sealed class KrylovBasis<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ElementsPerChunk = 1 << 14;

    // Short enough that float's rounding within a piece stays small beside that of the elements themselves.
    const int ElementsPerPiece = 512;

    readonly Executor executor;
    readonly Arena arena = new();
    readonly List<Tensor<T>> vectors = [];
    readonly int length, chunks;

    public KrylovBasis(Executor executor, int length)
    {
        (this.executor, this.length) = (executor, length);
        chunks = (length + ElementsPerChunk - 1) / ElementsPerChunk;
    }

    public IReadOnlyList<Tensor<T>> Vectors => vectors;

    /// <summary>Adds vector / norm.</summary>
    public void Add(Tensor<T> vector, double norm)
    {
        var added = arena.Allocate<T>(new Shape(length));
        TensorPrimitives.Divide(vector.Span, T.CreateTruncating(norm), added.Span);
        vectors.Add(added);
    }

    /// <summary>Takes the parts along all vectors out, twice, so that rounding leaves nothing of them either (Giraud, Langou and Rozložník, 2005: twice is
    /// enough).</summary>
    /// <returns>The parts taken out, summed over both passes.</returns>
    public double[] Orthogonalize(Tensor<T> vector)
    {
        double[] parts = new double[vectors.Count];
        for (int pass = 0; pass < 2; pass++)
        {
            double[] products = Products(vector);
            Subtract(vector, products);
            TensorPrimitives.Add(parts, products, parts);
        }

        return parts;
    }

    /// <summary>Σ weights[i]·vectors[i].</summary>
    public void Combine(ReadOnlySpan<double> weights, Tensor<T> result)
    {
        result.Span.Clear();
        double[] negated = [.. weights.ToArray().Select(x => -x)];
        Subtract(result, negated);
    }

    public double Norm(Tensor<T> vector) => Math.Sqrt(Product(vector, vector));

    /// <summary>Σ aᵢ·bᵢ, added in double.</summary>
    public double Product(Tensor<T> a, Tensor<T> b)
    {
        double[] partial = new double[chunks];
        executor.Run(new Work(chunks, chunk => partial[chunk] = Dot(Part(a, chunk), Part(b, chunk))));
        double sum = 0;
        foreach (double part in partial)
        {
            sum += part;
        }

        return sum;
    }

    public void Dispose() => arena.Dispose();

    double[] Products(Tensor<T> vector)
    {
        int count = vectors.Count;
        double[] partial = new double[chunks * count];
        executor.Run(new Work(chunks, chunk =>
        {
            for (int i = 0; i < count; i++)
            {
                partial[(chunk * count) + i] = Dot(Part(vectors[i], chunk), Part(vector, chunk));
            }
        }));
        double[] sums = new double[count];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(sums, partial.AsSpan(chunk * count, count), sums);
        }

        return sums;
    }

    void Subtract(Tensor<T> vector, double[] weights) => executor.Run(new Work(chunks, chunk =>
    {
        var target = Part(vector, chunk);
        for (int i = 0; i < weights.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(Part(vectors[i], chunk), T.CreateTruncating(-weights[i]), target, target);
        }
    }));

    Span<T> Part(Tensor<T> vector, int chunk) =>
        vector.Span.Slice(chunk * ElementsPerChunk, Math.Min(ElementsPerChunk, length - (chunk * ElementsPerChunk)));

    static double Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += ElementsPerPiece)
        {
            int count = Math.Min(ElementsPerPiece, a.Length - start);
            sum += double.CreateTruncating(TensorPrimitives.Dot(a.Slice(start, count), b.Slice(start, count)));
        }

        return sum;
    }
}
