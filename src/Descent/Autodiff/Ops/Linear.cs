using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [n, out] = x·wᵀ + b for x [n, in], w [out, in], b [out]; dx = dy·w, dw = dyᵀ·x, db = Σ over rows of dy.</summary>
    [Op("linear")]
    public Tensor<T> Linear(Tensor<T> x, Tensor<T> weight, Tensor<T> bias)
    {
        var y = LinearForward("linear", x, weight, bias, hasRelu: false);
        return Record("linear", y, [x, weight, bias], (_, dy) =>
            [() => MatMul(dy, weight), () => MatMulLeft(dy, x), () => SumRows(dy)]);
    }

    /// <summary>y = max(x·wᵀ + b, 0), in one pass; with dz = dy where y &gt; 0, else 0: dx = dz·w, dw = dzᵀ·x, db = Σ over rows of dz.</summary>
    [Op("linear_relu")]
    public Tensor<T> LinearRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias)
    {
        var y = LinearForward("linear_relu", x, weight, bias, hasRelu: true);
        return Record("linear_relu", y, [x, weight, bias], (y, dy) =>
        {
            var dz = WherePositive(y, dy);
            return [() => MatMul(dz, weight), () => MatMulLeft(dz, x), () => SumRows(dz)];
        });
    }

    Tensor<T> LinearForward(string op, Tensor<T> x, Tensor<T> weight, Tensor<T> bias, bool hasRelu)
    {
        RequireMatrices(op, x, weight, innerA: 1, innerB: 1);
        if (bias.Shape != new Shape(weight.Shape[0]))
        {
            throw new ArgumentException($"{op}: the bias of a weight {weight.Shape} has shape [{weight.Shape[0]}], got {bias.Shape}.");
        }

        var y = Output(new Shape(x.Shape[0], weight.Shape[0]));
        MatrixProduct.Record(this, Transposition.Right, x, weight, y, bias, hasRelu);
        return y;
    }
}
