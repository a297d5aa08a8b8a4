using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>Room for one orthogonalization at a time, as large as the largest of several matrices needs.</summary>
sealed class NewtonSchulzMemory<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="matrices">Rows and columns; at least one.</param>
    public NewtonSchulzMemory(IEnumerable<(int Rows, int Columns)> matrices)
    {
        var sizes = matrices.ToList();
        var whole = new Shape(sizes.Max(x => x.Rows * x.Columns));
        var side = new Shape(sizes.Max(x => Math.Min(x.Rows, x.Columns) * Math.Min(x.Rows, x.Columns)));
        (First, Second) = (Arena.Allocate<T>(whole), Arena.Allocate<T>(whole));
        (Gram, Polynomial) = (Arena.Allocate<T>(side), Arena.Allocate<T>(side));
    }

    public Tensor<T> First { get; }

    public Tensor<T> Second { get; }

    public Tensor<T> Gram { get; }

    public Tensor<T> Polynomial { get; }

    /// <summary>Products take their scratch memory from it too, one after another.</summary>
    public Arena Arena { get; } = new();

    public void Dispose() => Arena.Dispose();
}
