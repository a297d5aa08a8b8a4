using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

/// <summary>Small studies for tests.</summary>
static class StudyText
{
    public const string Smallest = """
        workload: digits-mlp
        seeds: [0]
        optimizers:
          - adam
        """;

    public static StudyDefinition Parse(string text, params IReadOnlyList<string> sets) =>
        StudyFile.Parse(text, "study.yaml", [.. sets.Select(StudyOverride.FromSet)]);

    /// <summary>The one sentence that refuses the study.</summary>
    public static string Mistake(string text, params IReadOnlyList<string> sets) =>
        Assert.Throws<BadInputException>(() => Parse(text, sets)).Message;
}
