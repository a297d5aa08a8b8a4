using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>Adds the gradients of a batch's pieces, one after another in their order, and divides the sum once.</summary>
sealed class GradientSum<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Executor executor;
    readonly Work begin, add, finish;
    T images;

    /// <param name="gradients">Where each piece leaves its sum, and where the mean goes.</param>
    public GradientSum(Executor executor, Tensor<T> gradients)
    {
        this.executor = executor;
        var sum = arena.Allocate<T>(gradients.Shape);
        begin = Elementwise.Map(gradients, sum, static (x, y) => x.CopyTo(y));
        add = Elementwise.Map(gradients, sum, sum, static (a, b, y) => TensorPrimitives.Add(a, b, y));
        finish = Elementwise.Map(sum, gradients, (x, y) => TensorPrimitives.Divide(x, images, y));
    }

    /// <summary>Takes the first piece's sum.</summary>
    public void Begin() => executor.Run(begin);

    /// <summary>Adds the next piece's.</summary>
    public void Add() => executor.Run(add);

    /// <summary>Leaves the mean in place of the last piece's sum.</summary>
    /// <param name="count">Images of all pieces.</param>
    public void Finish(int count)
    {
        images = T.CreateTruncating(count);
        executor.Run(finish);
    }

    public void Dispose() => arena.Dispose();
}
