using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = |x|; dx = dy where x &gt; 0, −dy where x &lt; 0, 0 at x = 0.</summary>
    [Op("absolute")]
    public Tensor<T> Absolute(Tensor<T> x) => Unary("absolute", x, TensorPrimitives.Abs, (_, dy) =>
        [() => Subtract(WherePositive(x, dy), WherePositive(Negate(x), dy))]);
}
