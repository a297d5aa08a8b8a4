using Descent.App.Commands;

namespace Descent.App.Options;

/// <summary>What <c>--set</c> says of the model, in commands that look at a trained one.</summary>
static class ModelOptions
{
    const string Owner = "model";

    /// <param name="command">Its name.</param>
    /// <exception cref="BadInputException">It says something else.</exception>
    public static Dictionary<string, string> Of(Invocation invocation, string command) => ForRules(invocation) is [var other, ..]
        ? throw new BadInputException($"--set {other}: {command} takes options of the model alone, as in model.hidden=[100].") : BesideRules(invocation);

    /// <summary>Those of the model alone, in a command where others are for update rules.</summary>
    public static Dictionary<string, string> BesideRules(Invocation invocation) =>
        Given(invocation).Select(SetValue.Parse).Where(x => x.Owner == Owner).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Last().Value);

    /// <summary>What is not for the model.</summary>
    public static IReadOnlyList<string> ForRules(Invocation invocation) => [.. Given(invocation).Where(text => SetValue.Parse(text).Owner != Owner)];

    static string[] Given(Invocation invocation) => invocation.Get(invocation.Shared.Set) ?? [];
}
