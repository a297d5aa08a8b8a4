namespace Descent.Formats;

/// <summary>What a file of weights holds.</summary>
/// <param name="Source">What messages call it: the file, and where in it the arrays lie if beside others.</param>
/// <param name="Arrays">Under PyTorch's names, in its shapes and layout, in any precision.</param>
public sealed record WeightsContent(string Source, IReadOnlyList<NamedArray> Arrays);
