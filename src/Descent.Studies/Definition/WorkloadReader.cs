using Descent.Workloads;

namespace Descent.Studies.Definition;

/// <summary>Finds what a study's <c>workload</c>, or a command's, means: a name of the catalog, keys of a user's own problem, or a file that has these.</summary>
public static class WorkloadReader
{
    const string Key = "workload";

    /// <summary>Whether a text is meant as a file.</summary>
    public static bool IsFile(string text) => Path.GetExtension(text).ToLowerInvariant() is ".yaml" or ".yml";

    /// <summary>The workload of a name, or of a file: one with a user's own problem, or a study.</summary>
    /// <exception cref="BadInputException">There is none, or the file has a mistake.</exception>
    public static Workload Find(string text) => IsFile(text) ? OfFile(text) : WorkloadCatalog.Find(text);

    internal static Workload Read(YamlNode node, string defaultName)
    {
        if (node is YamlMapping problem)
        {
            var own = new OwnProblemReader(problem, defaultName).Read();
            return WorkloadCatalog.All.Any(x => x.Name == own.Name)
                ? throw problem.Place.Mistake($"the workload \"{own.Name}\" comes with Descent; give yours another name (name: my-{own.Name}).") : own.Workload;
        }

        string text = node.Text(Key);
        string start = node.Place.Line is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(node.Place.Source))!;
        return node.Place.Do(() => IsFile(text) ? OfFile(Path.GetFullPath(text, start)) : WorkloadCatalog.Find(text));
    }

    static Workload OfFile(string path)
    {
        var place = new Place(path);
        var file = YamlText.Read(StudyFile.ReadText(path), path) as YamlMapping ?? throw place.Mistake("a workload of your own is keys with values (data: …, layers: …).");
        string name = StudyFileReader.CheckedName(file["name"]?.Text("name") ?? Path.GetFileNameWithoutExtension(path), place);
        return file[Key] is { } below ? Read(below, name) : Read(file, name);
    }
}
