using Descent.Tests.Architecture;

namespace Descent.Tests.Lockstep;

/// <summary>The lines of a file that Golden/generate.py wrote.</summary>
static class GoldenRows
{
    public static IReadOnlyList<string[]> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Lockstep/Golden", file)).Where(line => line[0] != '#').Select(line => line.Split('\t')),
    ];

    public static double[] Numbers(IEnumerable<string> texts) =>
        [.. texts.Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
}
