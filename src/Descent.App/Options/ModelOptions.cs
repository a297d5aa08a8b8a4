using Descent.App.Commands;

namespace Descent.App.Options;

/// <summary>What <c>--set</c> says of the model and of what it sees, in commands that look at a trained one.</summary>
static class ModelOptions
{
    const string Owner = "model", NormalizationKey = "normalization";

    /// <param name="command">Its name.</param>
    /// <exception cref="BadInputException">It says something else.</exception>
    public static Dictionary<string, string> Of(Invocation invocation, string command) => ForRules(invocation) is [var other, ..]
        ? throw new BadInputException($"--set {other}: {command} takes normalization and options of the model alone, as in model.hidden=[100].") : BesideRules(invocation);

    /// <summary>Those of the model alone, in a command where others are for update rules.</summary>
    public static Dictionary<string, string> BesideRules(Invocation invocation) =>
        Given(invocation).Select(SetValue.Parse).Where(x => x.Owner == Owner).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Last().Value);

    /// <summary>What its images are normalized by; null where nothing is said.</summary>
    public static string? Normalization(Invocation invocation) => Given(invocation).Select(SetValue.Parse).LastOrDefault(IsNormalization).Value;

    /// <summary>What is for none of these.</summary>
    public static IReadOnlyList<string> ForRules(Invocation invocation) => [.. Given(invocation).Where(text => SetValue.Parse(text) is var x && x.Owner != Owner && !IsNormalization(x))];

    /// <summary>What is no option of the model.</summary>
    public static IReadOnlyList<string> Others(Invocation invocation) => [.. Given(invocation).Where(text => SetValue.Parse(text).Owner != Owner)];

    static bool IsNormalization(SetValue value) => value is { Owner: "", Key: NormalizationKey };

    static string[] Given(Invocation invocation) => invocation.Get(invocation.Shared.Set) ?? [];
}
