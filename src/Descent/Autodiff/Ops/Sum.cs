using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [] = Σ of all elements, summed in double; each element of dx is dy.</summary>
    [Op("sum")]
    public Tensor<T> Sum(Tensor<T> x)
    {
        var y = Output(Shape.Scalar);
        Total.Record(this, x, y);
        return Record("sum", y, [x], (_, dy) => [() => Repeat(dy, x.Shape)]);
    }

    /// <summary>y [] = the mean of all elements; each element of dx is dy/n.</summary>
    [Op("mean")]
    public Tensor<T> Mean(Tensor<T> x) => Scale(Sum(x), 1.0 / x.Count);

    /// <summary>y of <paramref name="shape"/>, each element equal to the scalar x []; dx = Σ of dy.</summary>
    [Op("repeat")]
    public Tensor<T> Repeat(Tensor<T> x, Shape shape)
    {
        if (x.Shape != Shape.Scalar)
        {
            throw new ArgumentException($"repeat: a scalar is needed, got {x.Shape}.");
        }

        var y = Output(shape);
        Run(Elementwise.Map(y, y, (_, to) => to.Fill(x.Item)));
        return Record("repeat", y, [x], (_, dy) => [() => Sum(dy)]);
    }
}
