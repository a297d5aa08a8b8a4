namespace Descent.Studies.Storage;

/// <summary>A study as it was run last.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Question">What it is to answer.</param>
/// <param name="Workload">The workload's name.</param>
/// <param name="Target">Test accuracy in [0, 1] that counts as reached; null for none.</param>
/// <param name="Definition">The study file's text with all overrides applied.</param>
/// <param name="CreatedAt">When it was run for the first time.</param>
/// <param name="ChangedAt">When its definition changed last.</param>
public sealed record StoredStudy(
    string Name, string Question, string Workload, double? Target, string Definition, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
