using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>(S + ε·I)^(−1/p) of a symmetric S without negative eigenvalues, by its eigenvectors.</summary>
sealed class InverseRoot<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> statistic;
    readonly SymmetricEigen<V, T> eigen;
    readonly WorkList product;
    readonly double epsilon, exponent;

    /// <param name="root">Takes the result. Shape of both: [n, n].</param>
    /// <param name="p">The root that is taken.</param>
    public InverseRoot(MatrixMemory<V, T> memory, Executor executor, Tensor<T> statistic, Tensor<T> root, double epsilon, int p)
    {
        (this.statistic, this.epsilon, exponent) = (statistic, epsilon, -0.5 / p);
        eigen = new SymmetricEigen<V, T>(memory.Decomposition, executor, statistic.Shape[0]);
        product = new WorkList(executor, memory.Arena);
        SymmetricProduct.RecordLower(product, Transposition.Left, eigen.Vectors, root);
        product.Run(SymmetricProduct.Mirror(root));
    }

    public void Run()
    {
        eigen.Run(statistic);
        int size = eigen.Values.Length;
        for (int i = 0; i < size; i++)
        {
            var row = eigen.Vectors.Span.Slice(i * size, size);

            // Rounding alone brings an eigenvalue below zero.
            double value = double.IsNaN(eigen.Values[i]) ? double.NaN : Math.Max(0, eigen.Values[i]);
            TensorPrimitives.Multiply(row, T.CreateTruncating(Math.Pow(value + epsilon, exponent)), row);
        }

        product.Run();
    }
}
