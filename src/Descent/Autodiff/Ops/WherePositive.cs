using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = b where a &gt; 0, else 0, of equal shapes; db = dy where a &gt; 0, else 0. It steps with a, where it has no gradient by a: taken as zero.</summary>
    [Op("where_positive")]
    public Tensor<T> WherePositive(Tensor<T> a, Tensor<T> b) =>
        Binary("where_positive", a, b, Masking.WherePositive, (_, dy) => [null, () => WherePositive(a, dy)]);
}
