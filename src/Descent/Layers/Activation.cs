using Descent.Tensors;

namespace Descent.Layers;

/// <summary>A function of each element, with its name in studies.</summary>
public sealed class Activation : ILayer
{
    Activation(string name, double gain) => (Name, Gain) = (name, gain);

    /// <summary>max(x, 0).</summary>
    public static Activation Relu { get; } = new("relu", Math.Sqrt(2));

    public static Activation Tanh { get; } = new("tanh", 5.0 / 3);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; } = new("sigmoid", 1);

    /// <summary>x·Φ(x), exactly. PyTorch knows no gain for it; √2 as for ReLU is the practice (1.53 would keep the second moment).</summary>
    public static Activation Gelu { get; } = new("gelu", Math.Sqrt(2));

    /// <summary>GELU's approximation by tanh, within 5·10⁻⁴ of it.</summary>
    public static Activation GeluTanh { get; } = new("gelu_tanh", Math.Sqrt(2));

    public static IReadOnlyList<Activation> All { get; } = [Relu, Tanh, Sigmoid, Gelu, GeluTanh];

    public string Name { get; }

    /// <summary>What keeps the scale of the signal from layer to layer: torch.nn.init.calculate_gain.</summary>
    public double Gain { get; }

    public string Kind => Name;

    /// <exception cref="BadInputException">There is no such activation; the message suggests the nearest.</exception>
    public static Activation Find(string name) => All.FirstOrDefault(activation => activation.Name == name)
        ?? throw new BadInputException($"There is no activation \"{name}\".{NearestName.Hint(name, All.Select(activation => activation.Name))}");

    public Shape Output(Shape input) => input;

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Name switch
        {
            "relu" => pass.Tape.Relu(x),
            "tanh" => pass.Tape.Tanh(x),
            "sigmoid" => pass.Tape.Sigmoid(x),
            "gelu" => pass.Tape.Gelu(x),
            _ => pass.Tape.GeluTanh(x),
        };
}
