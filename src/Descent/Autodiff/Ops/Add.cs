using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = a + b, of equal shapes; da = db = dy.</summary>
    [Op("add")]
    public Tensor<T> Add(Tensor<T> a, Tensor<T> b) => Binary("add", a, b, TensorPrimitives.Add, (_, dy) => [() => dy, () => dy]);

    Tensor<T> Unary(string op, Tensor<T> x, UnaryPass<T> pass, Backward<T>? backward)
    {
        var y = Like(x);
        Run(Elementwise.Map(x, y, pass));
        return Record(op, y, [x], backward);
    }

    Tensor<T> Binary(string op, Tensor<T> a, Tensor<T> b, BinaryPass<T> pass, Backward<T>? backward)
    {
        if (a.Shape != b.Shape)
        {
            throw new ArgumentException($"{op}: shapes {a.Shape} and {b.Shape} differ.");
        }

        var y = Like(a);
        Run(Elementwise.Map(a, b, y, pass));
        return Record(op, y, [a, b], backward);
    }
}
