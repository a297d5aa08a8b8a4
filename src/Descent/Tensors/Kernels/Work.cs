namespace Descent.Tensors.Kernels;

/// <summary>A piece of arithmetic, cut into chunks that may run in any order and at the same time.</summary>
/// <remarks>The number of chunks depends on shapes alone, never on the number of threads; chunks write disjoint memory. So results are the
/// same to the bit for any number of threads.</remarks>
/// <param name="Chunks">The number of chunks, at least 1.</param>
/// <param name="Body">Runs the chunk whose number it is given.</param>
public readonly record struct Work(int Chunks, Action<int> Body);
