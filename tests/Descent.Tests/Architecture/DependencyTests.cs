namespace Descent.Tests.Architecture;

/// <summary>The table of folders in ARCHITECTURE.md, held against the code's using lines.</summary>
public class DependencyTests
{
    static readonly Dictionary<string, string[]> CoreFolders = new()
    {
        ["Tensors"] = [],
        ["Autodiff"] = ["Tensors"],
        ["Optimizers"] = ["Tensors"],
        ["Schedules"] = ["Tensors"],
        ["Formats"] = ["Tensors"],
        ["Data"] = ["Tensors", "Formats"],
        ["Layers"] = ["Tensors", "Autodiff"],
        ["Models"] = ["Tensors", "Autodiff", "Layers"],
        ["Workloads"] = ["Tensors", "Autodiff", "Layers", "Models", "Data"],
        ["Training"] = ["Tensors", "Autodiff", "Optimizers", "Schedules", "Formats", "Data", "Layers", "Models", "Workloads"],
        ["Analysis"] = ["Tensors", "Autodiff", "Optimizers", "Schedules", "Formats", "Data", "Layers", "Models", "Workloads", "Training"],
    };

    static readonly string[] NotInTheCore = ["Microsoft.Data", "YamlDotNet", "Spectre", "System.CommandLine", "System.Net", "System.Numerics.Tensors"];

    [Fact]
    public void FoldersOfTheCoreUseOnlyWhatTheyMay()
    {
        var wrong = new List<string>();
        foreach (var (path, lines) in Repository.Sources("src/Descent").Where(file => file.Path.Contains('/')))
        {
            var folder = path[..path.IndexOf('/')];
            Assert.True(CoreFolders.ContainsKey(folder), $"src/Descent/{folder} is not in the table of folders.");
            foreach (var name in Usings(lines))
            {
                var parts = name.Split('.');
                bool isForeign = parts[0] == "Descent" && parts.Length > 1 && parts[1] != folder && !CoreFolders[folder].Contains(parts[1]);
                if (isForeign || NotInTheCore.Any(name.StartsWith))
                {
                    wrong.Add($"{path} uses {name}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("src/Descent", "Descent.Studies")]
    [InlineData("src/Descent", "Descent.App")]
    [InlineData("src/Descent.Studies", "Descent.App")]
    [InlineData("src/Descent.Studies", "Spectre")]
    [InlineData("src/Descent.Studies", "System.CommandLine")]
    [InlineData("src/Descent.Studies", "System.Net")]
    public void AProjectDoesNotUseWhatIsAboveIt(string project, string name) =>
        Assert.Empty(Repository.Sources(project).Where(file => Usings(file.Lines).Any(x => x == name || x.StartsWith(name + ".")))
            .Select(file => file.Path));

    [Fact]
    public void TheConsoleIsTouchedByTheCommandAlone()
    {
        foreach (var project in (string[])["src/Descent", "src/Descent.Studies"])
        {
            Assert.Empty(Repository.Sources(project).Where(file => file.Lines.Any(line => line.Contains("Console."))).Select(file => file.Path));
        }
    }

    static IEnumerable<string> Usings(string[] lines) => lines
        .Where(line => line.StartsWith("using ") && line.EndsWith(';'))
        .Select(line => line["using ".Length..^1].Split('=')[^1].Replace("static ", "").Trim());
}
