using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Vectors that are as long as the parameters of a rule, and their arithmetic, in chunks on all threads.</summary>
/// <remarks>Chunks are cut by the parameters' lengths alone and sums are added in their order, in double: results have the same bits for any
/// number of threads. Made once; its operations allocate nothing.</remarks>
sealed class ParameterSpace<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of a chunk, at most; every parameter begins a new one.</summary>
    public const int ChunkLength = 1 << 14;

    // Short enough that float's rounding within a piece stays below that of the elements themselves.
    const int PieceLength = 1 << 11;

    readonly Executor executor;
    readonly IReadOnlyList<StepParameter<T>> parameters;
    readonly (int Parameter, int Start, int Count)[] chunks;
    readonly double[] partial, second;
    readonly Work updateAndNorms, updateAndDistance, scale, addScaled, dot, sumOfSquaredProducts, sumOfMagnitudes, largestMagnitude;
    Action<int> update = _ => { };
    ParameterVector<T> x, y, z, sum;
    T factor;

    public ParameterSpace(IReadOnlyList<StepParameter<T>> parameters, Executor executor)
    {
        (this.parameters, this.executor) = (parameters, executor);
        chunks = [.. parameters.SelectMany((one, i) => Enumerable.Range(0, (one.Value.Count + ChunkLength - 1) / ChunkLength)
            .Select(part => (i, part * ChunkLength, Math.Min(ChunkLength, one.Value.Count - (part * ChunkLength)))))];
        (partial, second) = (new double[chunks.Length], new double[chunks.Length]);
        updateAndNorms = new Work(chunks.Length, UpdateAndNorms);
        updateAndDistance = new Work(chunks.Length, UpdateAndDistance);
        scale = new Work(chunks.Length, i => TensorPrimitives.Multiply(X(i), factor, Y(i)));
        addScaled = new Work(chunks.Length, i => TensorPrimitives.MultiplyAdd(X(i), factor, Y(i), Y(i)));
        dot = new Work(chunks.Length, i => partial[i] = Dot(X(i), Y(i)));
        sumOfSquaredProducts = new Work(chunks.Length, i => partial[i] = SumOfSquaredProducts(X(i), Y(i)));
        sumOfMagnitudes = new Work(chunks.Length, i => partial[i] = SumOfMagnitudes(X(i)));
        largestMagnitude = new Work(chunks.Length, i => partial[i] = Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude<T>(X(i)))));
        Values = new(parameters.Select(one => one.Value));
        Gradients = new(parameters.Select(one => one.Gradient));
    }

    public ParameterVector<T> Values { get; }

    public ParameterVector<T> Gradients { get; }

    /// <summary>A state that is as long as each parameter.</summary>
    public ParameterVector<T> State(string name) => new(parameters.Select(one => one.State(name)));

    /// <summary>One row of a state that is [rows, length] for each parameter.</summary>
    public ParameterVector<T> Row(string state, int row) => new(parameters.Select(one => one.State(state).Slice(row * one.Value.Count, one.Value.Shape)));

    /// <summary>A vector of the rule's own that is not remembered.</summary>
    public ParameterVector<T> Allocate(Arena arena) => new(parameters.Select(one => arena.Allocate<T>(one.Value.Shape)));

    /// <summary>y = factor·x.</summary>
    public void Scale(double factor, ParameterVector<T> x, ParameterVector<T> y) => Run(scale, factor, x, y);

    /// <summary>y = x.</summary>
    public void Copy(ParameterVector<T> x, ParameterVector<T> y) => Run(scale, 1, x, y);

    /// <summary>y += factor·x.</summary>
    public void Add(double factor, ParameterVector<T> x, ParameterVector<T> y) => Run(addScaled, factor, x, y);

    /// <summary>Σ x·y.</summary>
    public double Dot(ParameterVector<T> x, ParameterVector<T> y)
    {
        Run(dot, 1, x, y);
        return Total();
    }

    /// <summary>Σ (x·y)².</summary>
    public double SumOfSquaredProducts(ParameterVector<T> x, ParameterVector<T> y)
    {
        Run(sumOfSquaredProducts, 1, x, y);
        return Total();
    }

    /// <summary>‖x‖ of each parameter.</summary>
    /// <param name="norms">One for each parameter.</param>
    public void Norms(ParameterVector<T> x, double[] norms)
    {
        Run(dot, 1, x, x);
        Norms(partial, norms);
    }

    /// <summary>Runs an update, and takes ‖x‖ and ‖y‖ of each parameter: of each chunk behind its update, while it is in the caches.</summary>
    /// <param name="update">Of <see cref="CoordinateChunks"/> as long as <see cref="ChunkLength"/>.</param>
    public void UpdateAndNorms(Work update, ParameterVector<T> x, double[] xNorms, ParameterVector<T> y, double[] yNorms)
    {
        this.update = update.Body;
        Run(updateAndNorms, 1, x, y);
        Norms(partial, xNorms);
        Norms(second, yNorms);
    }

    /// <summary>Runs an update, and gives Σ x·(y − z), without the cancellation of two sums, and Σ |sum| behind the update.</summary>
    /// <param name="update">Of <see cref="CoordinateChunks"/> as long as <see cref="ChunkLength"/>; it leaves x, y and z as they are.</param>
    public (double Distance, double Magnitudes) UpdateAndDistance(Work update, ParameterVector<T> x, ParameterVector<T> y, ParameterVector<T> z, ParameterVector<T> sum)
    {
        (this.update, this.z, this.sum) = (update.Body, z, sum);
        Run(updateAndDistance, 1, x, y);
        return (Total(), Total(second));
    }

    /// <summary>Σ |x|.</summary>
    public double SumOfMagnitudes(ParameterVector<T> x)
    {
        Run(sumOfMagnitudes, 1, x, x);
        return Total();
    }

    /// <summary>max |x|; not a number where an element is none.</summary>
    public double LargestMagnitude(ParameterVector<T> x)
    {
        Run(largestMagnitude, 1, x, x);
        double largest = 0;
        foreach (double part in partial)
        {
            largest = Math.Max(largest, part);
        }

        return largest;
    }

    void UpdateAndNorms(int i)
    {
        update(i);
        (partial[i], second[i]) = (Dot(X(i), X(i)), Dot(Y(i), Y(i)));
    }

    void UpdateAndDistance(int i)
    {
        update(i);
        (partial[i], second[i]) = (DotDifference(X(i), Y(i), z.Part(chunks[i])), SumOfMagnitudes(sum.Part(chunks[i])));
    }

    void Norms(double[] squares, double[] norms)
    {
        Array.Clear(norms);
        for (int chunk = 0; chunk < chunks.Length; chunk++)
        {
            norms[chunks[chunk].Parameter] += squares[chunk];
        }

        for (int i = 0; i < norms.Length; i++)
        {
            norms[i] = Math.Sqrt(norms[i]);
        }
    }

    void Run(Work work, double factor, ParameterVector<T> x, ParameterVector<T> y)
    {
        (this.factor, this.x, this.y) = (T.CreateTruncating(factor), x, y);
        executor.Run(work);
    }

    Span<T> X(int chunk) => x.Part(chunks[chunk]);

    Span<T> Y(int chunk) => y.Part(chunks[chunk]);

    double Total() => Total(partial);

    static double Total(double[] parts)
    {
        double sum = 0;
        foreach (double part in parts)
        {
            sum += part;
        }

        return sum;
    }

    static double Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        double sum = 0;
        for (int start = 0; start < x.Length; start += PieceLength)
        {
            int count = Math.Min(PieceLength, x.Length - start);
            sum += double.CreateTruncating(TensorPrimitives.Dot(x.Slice(start, count), y.Slice(start, count)));
        }

        return sum;
    }

    static double DotDifference(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z)
    {
        Span<T> difference = stackalloc T[PieceLength];
        double sum = 0;
        for (int start = 0; start < x.Length; start += PieceLength)
        {
            int count = Math.Min(PieceLength, x.Length - start);
            TensorPrimitives.Subtract(y.Slice(start, count), z.Slice(start, count), difference);
            sum += double.CreateTruncating(TensorPrimitives.Dot(x.Slice(start, count), difference[..count]));
        }

        return sum;
    }

    static double SumOfSquaredProducts(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        Span<T> product = stackalloc T[PieceLength];
        double sum = 0;
        for (int start = 0; start < x.Length; start += PieceLength)
        {
            int count = Math.Min(PieceLength, x.Length - start);
            TensorPrimitives.Multiply(x.Slice(start, count), y.Slice(start, count), product);
            sum += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(product[..count]));
        }

        return sum;
    }

    static double SumOfMagnitudes(ReadOnlySpan<T> x)
    {
        double sum = 0;
        for (int start = 0; start < x.Length; start += PieceLength)
        {
            sum += double.CreateTruncating(TensorPrimitives.SumOfMagnitudes(x.Slice(start, Math.Min(PieceLength, x.Length - start))));
        }

        return sum;
    }
}

/// <summary>A vector of a <see cref="ParameterSpace{T}"/>: a tensor for each parameter.</summary>
readonly struct ParameterVector<T>(IEnumerable<Tensor<T>> parts) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T>[] parts = [.. parts];

    public IReadOnlyList<Tensor<T>> Parts => parts;

    public Span<T> Part((int Parameter, int Start, int Count) chunk) => parts[chunk.Parameter].Span.Slice(chunk.Start, chunk.Count);
}
