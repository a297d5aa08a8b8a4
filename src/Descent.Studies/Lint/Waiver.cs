namespace Descent.Studies.Lint;

/// <summary>A confound that a study accepts: <c>waive: [code]</c>, or <c>waive: { code: why }</c>.</summary>
/// <param name="Code">One of the catalog's.</param>
/// <param name="Why">May be empty.</param>
public sealed record Waiver(string Code, string Why);
