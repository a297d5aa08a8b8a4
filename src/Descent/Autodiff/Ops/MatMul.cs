using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [n, m] = a·b for a [n, k] and b [k, m]; da = dy·bᵀ, db = aᵀ·dy.</summary>
    [Op("matmul")]
    public Tensor<T> MatMul(Tensor<T> a, Tensor<T> b)
    {
        RequireMatrices("matmul", a, b, innerA: 1, innerB: 0);
        var y = Output(new Shape(a.Shape[0], b.Shape[1]));
        MatrixProduct.Record(this, Transposition.None, a, b, y);
        return Record("matmul", y, [a, b], (_, dy) => [() => MatMulRight(dy, b), () => MatMulLeft(a, dy)]);
    }

    /// <summary>y [n, m] = aᵀ·b for a [k, n] and b [k, m]; da = b·dyᵀ, db = a·dy. The gradient of a linear layer by its weight.</summary>
    [Op("matmul_left")]
    public Tensor<T> MatMulLeft(Tensor<T> a, Tensor<T> b)
    {
        RequireMatrices("matmul_left", a, b, innerA: 0, innerB: 0);
        var y = Output(new Shape(a.Shape[1], b.Shape[1]));
        MatrixProduct.Record(this, Transposition.Left, a, b, y);
        return Record("matmul_left", y, [a, b], (_, dy) => [() => MatMulRight(b, dy), () => MatMul(a, dy)]);
    }

    /// <summary>y [n, m] = a·bᵀ for a [n, k] and b [m, k]; da = dy·b, db = dyᵀ·a. A linear layer without bias.</summary>
    [Op("matmul_right")]
    public Tensor<T> MatMulRight(Tensor<T> a, Tensor<T> b)
    {
        RequireMatrices("matmul_right", a, b, innerA: 1, innerB: 1);
        var y = Output(new Shape(a.Shape[0], b.Shape[0]));
        MatrixProduct.Record(this, Transposition.Right, a, b, y);
        return Record("matmul_right", y, [a, b], (_, dy) => [() => MatMul(dy, b), () => MatMulLeft(dy, a)]);
    }

    static void RequireMatrices(string op, Tensor<T> a, Tensor<T> b, int innerA, int innerB)
    {
        if (a.Shape.Rank != 2 || b.Shape.Rank != 2)
        {
            throw new ArgumentException($"{op}: two matrices are needed, got {a.Shape} and {b.Shape}.");
        }

        if (a.Shape[innerA] != b.Shape[innerB])
        {
            throw new ArgumentException($"{op}: {a.Shape} by {b.Shape}: inner sizes {a.Shape[innerA]} and {b.Shape[innerB]} differ.");
        }
    }
}
