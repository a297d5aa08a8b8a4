using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = x·Φ(x) with the distribution function Φ of the normal distribution, PyTorch's default form; dx = dy·(Φ(x) + x·φ(x)).</summary>
    /// <remarks>Hendrycks and Gimpel, "Gaussian error linear units", arXiv:1606.08415.</remarks>
    [Op("gelu")]
    public Tensor<T> Gelu(Tensor<T> x) => Unary("gelu", x, GaussianUnit.Gelu, (_, dy) => [() => Multiply(dy, GeluSlope(x))]);

    /// <summary>y = Φ(x) + x·φ(x), the derivative of GELU; dx = dy·(2 − x²)·φ(x).</summary>
    [Op("gelu_slope")]
    public Tensor<T> GeluSlope(Tensor<T> x) => Unary("gelu_slope", x, GaussianUnit.Slope, (_, dy) =>
        [() => Multiply(dy, Multiply(AddConstant(Negate(Square(x)), 2), NormalDensity(x)))]);

    /// <summary>y = φ(x) = exp(−x²/2)/√(2π); dx = −dy·x·y.</summary>
    [Op("normal_density")]
    public Tensor<T> NormalDensity(Tensor<T> x) =>
        Unary("normal_density", x, GaussianUnit.Density, (y, dy) => [() => Negate(Multiply(dy, Multiply(x, y)))]);

    /// <summary>y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), PyTorch's form <c>approximate="tanh"</c>. Composed of ops.</summary>
    [Op("gelu_tanh")]
    public Tensor<T> GeluTanh(Tensor<T> x)
    {
        // ½·(1 + tanh u) is the sigmoid of 2u.
        double slope = 2 * Math.Sqrt(2 / Math.PI);
        return Multiply(x, Sigmoid(Multiply(x, AddConstant(Scale(Square(x), 0.044715 * slope), slope))));
    }
}
