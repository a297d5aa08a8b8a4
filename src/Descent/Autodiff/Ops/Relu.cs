using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = max(x, 0); dx = dy where y &gt; 0, else 0 (so 0 at x = 0). A NaN stays NaN.</summary>
    [Op("relu")]
    public Tensor<T> Relu(Tensor<T> x) => Unary("relu", x, Masking.Relu, (y, dy) => [() => WherePositive(y, dy)]);
}
