namespace Descent.Workloads.Own;

/// <summary>One layer as a user wrote it, with its defaults filled in.</summary>
/// <param name="Kind">The name of one of <see cref="LayerKind.All"/>.</param>
/// <param name="Values">Every parameter that has a value, in the kind's order, as text.</param>
public sealed record LayerSpec(string Kind, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>The layers of a residual block's main path.</summary>
    public IReadOnlyList<LayerSpec> Body { get; init; } = [];

    /// <summary>The layers of a residual block's shortcut; none where the block's input is added as it is.</summary>
    public IReadOnlyList<LayerSpec> Shortcut { get; init; } = [];
}
