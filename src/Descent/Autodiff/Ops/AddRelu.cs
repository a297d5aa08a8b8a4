using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = max(a + b, 0), of equal shapes, in one pass: the end of a residual block; da = db = dy where y &gt; 0, else 0.</summary>
    [Op("add_relu")]
    public Tensor<T> AddRelu(Tensor<T> a, Tensor<T> b) => Binary("add_relu", a, b, Masking.AddRelu, (y, dy) =>
    {
        var masked = new Lazy<Tensor<T>>(() => WherePositive(y, dy));
        return [() => masked.Value, () => masked.Value];
    });
}
