using Descent.Tensors;

namespace Descent.Layers;

/// <summary>All zero.</summary>
sealed record ZeroInitialization : Initialization
{
    public override string Canonical => "zero";

    private protected override StartValues Draws(ParameterInfo parameter) => StartValues.Constant(0);
}

/// <summary>Weights N(0, scale²), the last layer's too; biases zero.</summary>
sealed record NormalInitialization(double Scale) : Initialization
{
    public override string Canonical => $"normal(scale={Text(Scale)})";

    private protected override StartValues Draws(ParameterInfo parameter) =>
        parameter.Traits.HasFlag(ParameterTraits.Weight) ? StartValues.Normal(Scale) : StartValues.Constant(0);
}

/// <summary>Weights U(−scale, scale), the last layer's too; biases zero.</summary>
sealed record UniformInitialization(double Scale) : Initialization
{
    public override string Canonical => $"uniform(scale={Text(Scale)})";

    private protected override StartValues Draws(ParameterInfo parameter) =>
        parameter.Traits.HasFlag(ParameterTraits.Weight) ? StartValues.Uniform(Scale) : StartValues.Constant(0);
}

/// <summary>Weights and biases U(−1/√fan_in, 1/√fan_in), as torch.nn.Linear and torch.nn.Conv2d start by themselves, the last layer's too.</summary>
/// <remarks>PyTorch calls it kaiming_uniform with a = √5; its standard deviation is 1/√(3·fan_in), not He's.</remarks>
sealed record PyTorchInitialization : Initialization
{
    public override string Canonical => "pytorch";

    private protected override StartValues Draws(ParameterInfo parameter) => StartValues.Uniform(1 / Math.Sqrt(parameter.FanIn));
}
