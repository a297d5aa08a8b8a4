using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [m, n] with y[j, i] = x[i, j] for x [n, m]; dx is the transpose of dy. Products have forms that read a factor transposed: prefer those.</summary>
    [Op("transpose")]
    public Tensor<T> Transpose(Tensor<T> x)
    {
        RequireMatrix("transpose", x);
        var y = Output(new Shape(x.Shape[1], x.Shape[0]));
        Run(MatrixTranspose.Map(x, y));
        return Record("transpose", y, [x], (_, dy) => [() => Transpose(dy)]);
    }
}
