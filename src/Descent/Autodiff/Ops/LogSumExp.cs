using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [n] = ln Σₖ exp x[i, k] for x [n, m], without overflow; dx = softmax(x)·dy of the row.</summary>
    [Op("log_sum_exp")]
    public Tensor<T> LogSumExp(Tensor<T> x)
    {
        RequireMatrix("log_sum_exp", x);
        var y = Output(new Shape(x.Shape[0]));
        Run(RowPasses.Map(x, y, RowPasses.LogSumExp));
        return Record("log_sum_exp", y, [x], (_, dy) => [() => Multiply(Softmax(x), RepeatColumn(dy, x.Shape[1]))]);
    }

    /// <summary>y = x less the row's ln Σₖ exp x[i, k], for x [n, m]; dx = dy − softmax(x)·Σₖ dy of the row.</summary>
    [Op("log_softmax")]
    public Tensor<T> LogSoftmax(Tensor<T> x)
    {
        RequireMatrix("log_softmax", x);
        return Subtract(x, RepeatColumn(LogSumExp(x), x.Shape[1]));
    }
}
