namespace Descent.Tensors;

/// <summary>What a parameter is in its model: facts that rules of a study match, never names.</summary>
[Flags]
public enum ParameterTraits
{
    None = 0,

    /// <summary>Multiplies activations: a matrix or a filter.</summary>
    Weight = 1,

    /// <summary>Is added to activations.</summary>
    Bias = 2,

    /// <summary>Scale or shift of a normalization layer.</summary>
    Normalization = 4,

    /// <summary>Belongs to the first layer with parameters.</summary>
    FirstLayer = 8,

    /// <summary>Belongs to the last layer, which makes the logits.</summary>
    Head = 16,

    /// <summary>A running mean or variance of a normalization layer: kept and stored with the parameters, never trained.</summary>
    RunningStatistic = 32,
}
