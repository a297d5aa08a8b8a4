using Descent.Studies.Definition;
using Descent.Tests.Architecture;
using Descent.Workloads.Own;

namespace Descent.Tests.Studies.Definition;

/// <summary>What a user can write is in the pages that say what a user can write.</summary>
public class DocumentedKeysTests
{
    [Fact]
    public void EveryKeyOfAStudyIsInItsPage() => AllIn("studies.md", [.. StudyFileReader.Known, QuickForm.Key, .. StudyEvaluation.Keys, .. StudyGauges.Known.Keys, .. StudyGauges.Known.Values.SelectMany(keys => keys)]);

    [Fact]
    public void EveryKeyOfAProblemAndEveryLayerIsInItsPage() => AllIn("your-own-data.md",
        [.. OwnProblemReader.Known.Where(key => key != OwnProblemReader.KnownKey), .. LayerKind.Names, .. LayerKind.All.SelectMany(kind => kind.Parameters).Select(x => x.Name)]);

    static void AllIn(string page, string[] words)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        Assert.Equal([], words.Where(word => !text.Contains($"`{word}`", StringComparison.Ordinal) && !text.Contains($"`{word}: ", StringComparison.Ordinal) && !text.Contains($"{{ {word}:", StringComparison.Ordinal)
            && !text.Contains($", {word}:", StringComparison.Ordinal)));
    }
}
