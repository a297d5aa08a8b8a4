using Descent.Formats;

namespace Descent.Training;

/// <summary>Everything that a training needs to go on to the same bits: parameters, state of the optimizer, and position. Its random streams need
/// no room: they are functions of the seed and the position.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Arrays">Numbers by name: <c>fc1.weight</c> for a parameter, <c>optimizer.exp_avg.fc1.weight</c> for a state of the optimizer.</param>
/// <param name="Position">Numbers and texts of the position and of what was trained, in round-trip form.</param>
public sealed record Checkpoint(long Step, IReadOnlyList<NamedArray> Arrays, IReadOnlyDictionary<string, string> Position);
