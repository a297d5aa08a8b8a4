namespace Descent.Tests.Architecture;

/// <summary>The checkout that the tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Every C# file under a folder of the checkout, with its path relative to that folder, separated by slashes.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Sources(string folder)
    {
        var start = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(start, file).Replace('\\', '/'), File.ReadAllLines(file)));
    }

    static string Find(DirectoryInfo? folder) => folder is null
        ? throw new InvalidOperationException("The tests do not run inside a checkout: no Descent.slnx above them.")
        : File.Exists(Path.Combine(folder.FullName, "Descent.slnx")) ? folder.FullName : Find(folder.Parent);
}
