namespace Descent.Studies.Storage;

/// <summary>Where a trial ran and by which code.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="System">The operating system's name and version.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="VectorBits">Width of the vectors that the kernels use.</param>
/// <param name="Runtime">E.g. <c>.NET 10.0.1</c>.</param>
/// <param name="Version">The version of Descent with its commit, as in <c>0.1.0+3f9a…</c>.</param>
/// <param name="Build">Tells the compiled numeric code apart also where the version does not, as between two builds of a tree with
/// changes.</param>
public sealed record TrialEnvironment(
    string Machine, string Processor, string System, int Cores, int VectorBits, string Runtime, string Version, string Build)
{
    /// <summary>The same code on vectors of the same width: a trial begun there goes on here to the same bits.</summary>
    public bool HasSameNumbersAs(TrialEnvironment other) => Build == other.Build && VectorBits == other.VectorBits;
}
