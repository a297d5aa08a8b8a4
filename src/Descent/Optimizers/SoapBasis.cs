using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The basis of one side of a matrix in <see cref="Soap"/>: near the eigenvectors of a statistic S, as rows.</summary>
sealed class SoapBasis<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> statistic, basis, product;
    readonly SymmetricEigen<V, T> eigen;
    readonly RowOrthonormalization<V, T> orthonormalization;
    readonly WorkList multiply;
    readonly double[] sizes;

    public SoapBasis(MatrixMemory<V, T> memory, Executor executor, Tensor<T> statistic, Tensor<T> basis)
    {
        (this.statistic, this.basis) = (statistic, basis);
        int size = statistic.Shape[0];
        product = memory.Square(size);
        eigen = new SymmetricEigen<V, T>(memory.Decomposition, executor, size);
        orthonormalization = new RowOrthonormalization<V, T>(memory.Decomposition, executor, size);
        multiply = new WorkList(executor, memory.Arena);
        MatrixProduct.Record(multiply, Transposition.None, basis, statistic, product);
        (Order, sizes) = (new int[size], new double[size]);
    }

    /// <summary>After <see cref="Turn"/>: which vector of the basis before became which of this one.</summary>
    public int[] Order { get; }

    /// <summary>Takes the eigenvectors, those of the largest eigenvalues first.</summary>
    public void Begin()
    {
        eigen.Run(statistic);
        int size = Order.Length;
        for (int i = 0; i < size; i++)
        {
            eigen.Vectors.Span.Slice((size - 1 - i) * size, size).CopyTo(basis.Span.Slice(i * size, size));
        }
    }

    /// <summary>One step of the power iteration: the rows of basis·S, sorted by qᵀ·S·q, largest first, made orthonormal.</summary>
    public void Turn()
    {
        multiply.Run();
        int size = Order.Length;
        for (int i = 0; i < size; i++)
        {
            // Negative, so that they rise.
            (Order[i], sizes[i]) = (i, -double.CreateTruncating(TensorPrimitives.Dot<T>(basis.Span.Slice(i * size, size), product.Span.Slice(i * size, size))));
        }

        Array.Sort(sizes, Order);
        for (int i = 0; i < size; i++)
        {
            product.Span.Slice(Order[i] * size, size).CopyTo(orthonormalization.Given(i));
        }

        orthonormalization.Run(basis);
    }
}
