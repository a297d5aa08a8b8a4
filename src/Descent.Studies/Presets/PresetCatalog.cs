using System.Reflection;

namespace Descent.Studies.Presets;

/// <summary>The studies that come with Descent: the files of this folder.</summary>
public static class PresetCatalog
{
    const string Extension = ".yaml";

    static readonly string prefix = $"{typeof(PresetCatalog).Namespace}.";

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(PresetCatalog).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The study file's text.</summary>
    /// <exception cref="BadInputException">There is no such preset; the message suggests the nearest name.</exception>
    public static string Text(string name)
    {
        if (!Names.Contains(name))
        {
            throw new BadInputException($"There is no preset \"{name}\", and no file of that name.{NearestName.Hint(name, Names)}");
        }

        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(prefix + name + Extension)!);
        return reader.ReadToEnd();
    }
}
