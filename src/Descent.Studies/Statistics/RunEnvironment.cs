namespace Descent.Studies.Statistics;

/// <summary>Where a trial ran. Two trials ran in the same place when their records are equal.</summary>
/// <param name="Machine">Processor and operating system in words, e.g. <c>AMD EPYC 7B13, Debian 12</c>.</param>
/// <param name="Cores">Logical processors that the process could use.</param>
/// <param name="VectorBits">Width of the vectors that the kernels used: 128, 256 or 512.</param>
/// <param name="Runtime">E.g. <c>.NET 10.0.1</c>.</param>
/// <param name="Commit">Version of the code with its commit, and the build, which tells trees with changes apart:
/// <c>0.1.0+3f9a… build 1c2d3e4f</c>.</param>
public sealed record RunEnvironment(string Machine, int Cores, int VectorBits, string Runtime, string Commit);
