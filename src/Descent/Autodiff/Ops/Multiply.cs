using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = a·b element by element, of equal shapes; da = dy·b, db = dy·a.</summary>
    [Op("multiply")]
    public Tensor<T> Multiply(Tensor<T> a, Tensor<T> b) =>
        Binary("multiply", a, b, TensorPrimitives.Multiply, (_, dy) => [() => Multiply(dy, b), () => Multiply(dy, a)]);
}
