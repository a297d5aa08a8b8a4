using System.CommandLine;
using Descent.App.Commands;
using Descent.Studies.Statistics;

namespace Descent.App.Options;

/// <summary>Which trials of a study a command looks at, and how it puts them together.</summary>
sealed class TrialOptions
{
    public Option<string[]?> Where { get; } = ParsedOption.Repeated("--where", "key=value",
        "Only trials of this value, or of one of several: optimizer=lion, learning_rate=0.1,0.01; may be repeated.");

    public Option<string?> GroupBy { get; } = ParsedOption.Text("--group-by", "keys",
        "Put all trials together that have the same value of a key, as in optimizer, or of several with commas between them.");

    /// <summary>Of those that are given, the trials that are wanted.</summary>
    /// <exception cref="BadInputException">No trial has such a key or value.</exception>
    public IReadOnlyList<TrialResult> Choose(Invocation invocation, IReadOnlyList<TrialResult> trials) =>
        TrialFilter.Apply(trials, [.. (invocation.Get(Where) ?? []).Select(TrialFilter.Parse)]);

    /// <summary>The keys to put trials together by; none for the study's settings.</summary>
    public IReadOnlyList<string> Keys(Invocation invocation) =>
        invocation.Get(GroupBy)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
