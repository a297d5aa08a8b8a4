using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y of another <paramref name="shape"/> with the elements of x in their order, on the same memory; dx = dy in the shape of x.</summary>
    [Op("reshape")]
    public Tensor<T> Reshape(Tensor<T> x, Shape shape) => Record("reshape", x.View(shape), [x], (_, dy) => [() => Reshape(dy, x.Shape)]);
}
