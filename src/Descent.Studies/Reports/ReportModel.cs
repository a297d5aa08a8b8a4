using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;

namespace Descent.Studies.Reports;

/// <summary>All that the report of a study needs, raw. The report computes every mean, band and count from the trials.</summary>
public sealed record ReportModel
{
    /// <summary>The study's name as commands take it: <c>descent show NAME</c>.</summary>
    public required string Study { get; init; }

    public required string Question { get; init; }

    public required string Workload { get; init; }

    /// <summary>The workload in one sentence: net, data, sizes of the splits. Empty when there is nothing to add to the name.</summary>
    public string WorkloadDescription { get; init; } = "";

    /// <summary>What all trials share: epochs, batch size, precision, split seed and so on, in the study's order.</summary>
    public IReadOnlyList<Setting> SharedSettings { get; init; } = [];

    /// <summary>Null when the study has no target; then nothing is said about steps to it.</summary>
    public StudyTarget? Target { get; init; }

    /// <summary>All trials of the study in the study's order: also those that wait, run, failed or diverged.</summary>
    public required IReadOnlyList<TrialResult> Trials { get; init; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Epochs after which the study keeps parameters.</summary>
    public IReadOnlyList<int> Checkpoints { get; init; } = [];

    /// <summary>What the study asks for beside its results, a table each.</summary>
    public IReadOnlyList<PageSection> Beside { get; init; } = [];

    /// <summary>The comparison of its optimizers and the confounds; empty where nothing is said of them.</summary>
    public IReadOnlyList<PageSection> Comparison { get; init; } = [];

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset WrittenAt { get; init; }
}
