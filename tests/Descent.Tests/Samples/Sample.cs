using Descent.Tests.Architecture;

namespace Descent.Tests.Samples;

/// <summary>The sample of a rule of one's own, built with the tests.</summary>
static class Sample
{
    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Assembly { get; } =
        Path.Combine(Repository.Root, "artifacts", "bin", "OwnRule", Configuration, "OwnRule.dll");

    public static string Source { get; } = Path.Combine(Repository.Root, "samples", "OwnRule", "SignSgd.cs");
}
