namespace Descent.Workloads;

/// <summary>Something about a workload's model that a study may set, as in <c>model.hidden=[100,100]</c>.</summary>
/// <param name="Name">Without <c>model.</c></param>
/// <param name="Default">Its canonical text.</param>
/// <param name="Rule">What must hold, as it ends a sentence that begins with the option's name.</param>
/// <param name="Canonicalize">From a user's text to the one text that means the same, or null where the rule is broken.</param>
public sealed record ModelOption(string Name, string Default, string Rule, Func<string, string?> Canonicalize)
{
    /// <summary>What it does, in a sentence or more; null where its name says it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it came after trials of its workloads were stored: at its default it is left out of a trial's canonical text, so that these keep their ids.</summary>
    public bool IsLater { get; init; }
}
