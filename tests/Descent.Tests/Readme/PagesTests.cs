using System.Text.RegularExpressions;
using Descent.Studies.Pictures;
using Descent.Studies.Presets;
using Descent.Tests.Architecture;

namespace Descent.Tests.Readme;

/// <summary>What the pages of the documentation name is there.</summary>
public class PagesTests
{
    static readonly string folder = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(folder, "*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void PagesAndPicturesThatItLinksToAre(string page)
    {
        var links = Regex.Matches(File.ReadAllText(Path.Combine(folder, page)), @"\]\(([^)#:]+)(?:#[^)]*)?\)").Select(match => match.Groups[1].Value).ToList();

        Assert.Equal([], links.Where(link => !File.Exists(Path.Combine(folder, link))));
    }

    /// <summary>Their studies are presets, which other tests parse, expand and train two steps of.</summary>
    [Theory]
    [InlineData("exercises.md", 5)]
    [InlineData("questions.md", 2)]
    public void TheStudiesAndPicturesOfItsCommandsAre(string page, int studies)
    {
        string text = File.ReadAllText(Path.Combine(folder, page));
        var runs = Regex.Matches(text, "descent run ([a-z0-9-]+)").Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Equal(studies, runs.Count);
        Assert.Equal([], runs.Where(name => !PresetCatalog.Names.Contains(name)));
        Assert.All(Regex.Matches(text, "descent plot ([a-z0-9-]+) ([a-z-]+)"), match =>
        {
            Assert.Contains(match.Groups[1].Value, PresetCatalog.Names);
            Assert.Contains(match.Groups[2].Value, PictureCatalog.All.Select(picture => picture.Name));
        });
    }
}
