using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = factor·x; dx = factor·dy.</summary>
    [Op("scale")]
    public Tensor<T> Scale(Tensor<T> x, double factor)
    {
        var rounded = T.CreateTruncating(factor);
        return Unary("scale", x, (from, to) => TensorPrimitives.Multiply(from, rounded, to), (_, dy) => [() => Scale(dy, factor)]);
    }

    /// <summary>y = x + constant; dx = dy.</summary>
    [Op("add_constant")]
    public Tensor<T> AddConstant(Tensor<T> x, double constant)
    {
        var rounded = T.CreateTruncating(constant);
        return Unary("add_constant", x, (from, to) => TensorPrimitives.Add(from, rounded, to), (_, dy) => [() => dy]);
    }
}
