using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Room for the arithmetic of one matrix at a time, as large as the largest of several needs.</summary>
sealed class MatrixMemory<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> first, second, third, fourth, square;

    /// <param name="parameters">Each is a matrix of its rows and columns.</param>
    /// <param name="largestSide">The most rows of a square matrix.</param>
    public MatrixMemory(IReadOnlyList<StepParameter<T>> parameters, int largestSide)
    {
        var whole = new Shape(parameters.Max(x => x.Value.Count));
        (first, second, third, fourth) = (Arena.Allocate<T>(whole), Arena.Allocate<T>(whole), Arena.Allocate<T>(whole), Arena.Allocate<T>(whole));
        square = Arena.Allocate<T>(new Shape(largestSide * largestSide));
        Decomposition = new DecompositionMemory<V, T>(Arena, largestSide);
    }

    /// <summary>Products take their scratch memory from it too, one after another.</summary>
    public Arena Arena { get; } = new();

    public DecompositionMemory<V, T> Decomposition { get; }

    public Tensor<T> First(Shape shape) => first.Slice(0, shape);

    public Tensor<T> Second(Shape shape) => second.Slice(0, shape);

    public Tensor<T> Third(Shape shape) => third.Slice(0, shape);

    public Tensor<T> Fourth(Shape shape) => fourth.Slice(0, shape);

    public Tensor<T> Square(int side) => square.Slice(0, new Shape(side, side));

    public void Dispose() => Arena.Dispose();
}
