using Descent.Layers;

namespace Descent.Models;

/// <summary>A layer in its place in a model.</summary>
/// <param name="Name">PyTorch's name of the module, as in <c>fc1</c> or <c>network.2</c>; its parameters' names begin with it.</param>
public sealed record NamedLayer(string Name, ILayer Layer)
{
    /// <summary>The name of the earlier layer whose output comes in. Null: the one right before.</summary>
    public string? From { get; init; }

    /// <summary>The name of the earlier layer whose output is the second input; for an <see cref="Addition"/>, and only there.</summary>
    public string? Shortcut { get; init; }
}
