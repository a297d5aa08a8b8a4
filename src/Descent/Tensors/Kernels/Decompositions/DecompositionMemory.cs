namespace Descent.Tensors.Kernels;

/// <summary>Room for one decomposition of a square matrix at a time, as large as the largest of several needs.</summary>
sealed unsafe class DecompositionMemory<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rotations = 1 << 15;

    /// <param name="arena">Outlives it.</param>
    /// <param name="largest">Rows of the largest matrix.</param>
    public DecompositionMemory(Arena arena, int largest)
    {
        int padded = Reflection<V, T>.Padded(largest);
        (First, Second) = (arena.Allocate<T>(new Shape(largest * padded)), arena.Allocate<T>(new Shape(largest * padded)));
        (Previous, Next) = (arena.Allocate<T>(new Shape(padded)), arena.Allocate<T>(new Shape(padded)));
        (Cosines, Sines) = (arena.Allocate<T>(new Shape(Rotations)), arena.Allocate<T>(new Shape(Rotations)));
    }

    /// <summary>Padded rows.</summary>
    public Tensor<T> First { get; }

    public Tensor<T> Second { get; }

    /// <summary>One padded row each.</summary>
    public Tensor<T> Previous { get; }

    public Tensor<T> Next { get; }

    public Tensor<T> Cosines { get; }

    public Tensor<T> Sines { get; }

    /// <summary>The upper of the two rows of each rotation.</summary>
    public int[] Rows { get; } = new int[Rotations];
}
