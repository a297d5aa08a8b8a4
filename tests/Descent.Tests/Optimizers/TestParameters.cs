using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Optimizers;

/// <summary>Parameters that show what a rule does: a vector for rules that see each number by itself, a net with weights of several shapes for all
/// others.</summary>
static class TestParameters
{
    /// <summary>A wide filter, a tall and a wide matrix between first layer and head, with biases and a normalization.</summary>
    public static ParameterInfo[] Net { get; } =
    [
        new("conv1.weight", new Shape(6, 3, 3, 3), ParameterTraits.Weight | ParameterTraits.FirstLayer),
        new("conv1.bias", new Shape(6), ParameterTraits.Bias | ParameterTraits.FirstLayer),
        new("bn1.weight", new Shape(6), ParameterTraits.Normalization),
        new("conv2.weight", new Shape(10, 3, 3, 6), ParameterTraits.Weight),
        new("fc1.weight", new Shape(37, 10), ParameterTraits.Weight),
        new("fc1.bias", new Shape(37), ParameterTraits.Bias),
        new("fc2.weight", new Shape(12, 37), ParameterTraits.Weight),
        new("head.weight", new Shape(5, 12), ParameterTraits.Weight | ParameterTraits.Head),
        new("head.bias", new Shape(5), ParameterTraits.Bias | ParameterTraits.Head),
    ];

    /// <summary>Weights of more than one chunk of every kernel.</summary>
    public static ParameterInfo[] LargeNet { get; } =
    [
        new("conv1.weight", new Shape(64, 3, 3, 3), ParameterTraits.Weight | ParameterTraits.FirstLayer),
        new("conv2.weight", new Shape(130, 3, 3, 64), ParameterTraits.Weight),
        new("fc1.weight", new Shape(170, 130), ParameterTraits.Weight),
        new("fc1.bias", new Shape(170), ParameterTraits.Bias),
        new("head.weight", new Shape(10, 170), ParameterTraits.Weight | ParameterTraits.Head),
    ];

    public static bool SeesCoordinatesAlone(IOptimizer optimizer) =>
        OptimizerDescription.Of(optimizer)!.Kind == RuleKind.CoordinateWise;

    /// <summary>A vector of fifty, or the net.</summary>
    public static ParameterInfo[] For(IOptimizer optimizer) =>
        SeesCoordinatesAlone(optimizer) ? [new("w", new Shape(50), ParameterTraits.Weight)] : Net;

    /// <summary>A vector, or the net, of a hundred thousand numbers and more.</summary>
    public static ParameterInfo[] LargeFor(IOptimizer optimizer) =>
        SeesCoordinatesAlone(optimizer) ? [new("w", new Shape(200_003), ParameterTraits.Weight)] : LargeNet;
}
