namespace Descent.Tensors;

/// <summary>Name, shape and traits of a parameter, as a model declares it.</summary>
/// <param name="Name">PyTorch's name, as in <c>fc1.weight</c>.</param>
public sealed record ParameterInfo(string Name, Shape Shape, ParameterTraits Traits)
{
    /// <summary>How many numbers each output of the layer sums over; a bias has that of its weight. By default that of a weight [out, …].</summary>
    public int FanIn { get; init; } = Shape.Rank > 1 ? Shape.Count / Shape[0] : Shape.Count;

    /// <summary>How many outputs each input of the layer goes to. By default that of a weight [out, in].</summary>
    public int FanOut { get; init; } = Shape.Rank > 0 ? Shape[0] : 1;

    /// <summary>The activation that follows the layer, <c>linear</c> where none does. Initialization takes its gain from it on request.</summary>
    public string Activation { get; init; } = "linear";

    /// <summary>What every number of a running statistic is before the first batch: 0 for a mean, 1 for a variance.</summary>
    public double StartValue { get; init; }

    /// <summary>The shape [height, width, channels] of the images whose flattened values a weight's last axis runs over; null for every other parameter.</summary>
    public Shape? FlattenedFrom { get; init; }
}
