namespace Descent.Training;

/// <summary>Everything that a training needs to go on to the same bits: parameters, state of the optimizer, and position. Its random streams need
/// no room: they are functions of the seed and the position.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Arrays">Raw little-endian numbers by name: <c>fc1.weight</c> for a parameter, <c>optimizer.exp_avg.fc1.weight</c> for a state.</param>
/// <param name="Position">Numbers and texts of the position: epoch, images done, seconds, what the training loop needs.</param>
public sealed record Checkpoint(long Step, IReadOnlyList<CheckpointArray> Arrays, IReadOnlyDictionary<string, string> Position);

/// <param name="ElementType">F32 or F64, as safetensors calls them.</param>
public sealed record CheckpointArray(string Name, string ElementType, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes);
