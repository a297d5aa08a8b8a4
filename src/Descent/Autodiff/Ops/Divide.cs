using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = a/b element by element, of equal shapes; da = dy/b, db = −dy·y/b.</summary>
    [Op("divide")]
    public Tensor<T> Divide(Tensor<T> a, Tensor<T> b) => Binary("divide", a, b, TensorPrimitives.Divide, (y, dy) =>
        [() => Divide(dy, b), () => Negate(Divide(Multiply(dy, y), b))]);
}
