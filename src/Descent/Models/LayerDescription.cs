using Descent.Tensors;

namespace Descent.Models;

/// <summary>One line of the description of a model.</summary>
/// <param name="Output">The shape of one image's output.</param>
/// <param name="ParameterCount">Numbers that are trained.</param>
/// <param name="Flops">Floating-point operations of the forward pass of one image, 2 for each multiply-add.</param>
/// <param name="Activations">Numbers that a training keeps for the backward pass of one image: those of the output, 0 where the next layer takes them over in the
/// same pass or where the output is the input's memory.</param>
public sealed record LayerDescription(string Name, string Kind, Shape Output, long ParameterCount, long Flops, long Activations);
