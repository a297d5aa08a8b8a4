using System.CommandLine;
using Descent.App.Commands;
using Descent.Studies.Definition;
using Descent.Studies.Running;

namespace Descent.App.Options;

/// <summary>The options of a run of a study.</summary>
sealed class StudyOptions
{
    public Option<int?> Workers { get; } = ParsedOption.WholeNumber("--workers", "Trials side by side (default: one a core).",
        maximum: 1024);

    public Option<long?> Memory { get; } = ParsedOption.Bytes("--memory",
        "Begin trials only while all together need no more than this, by estimate (default: three quarters of the machine's).");

    public Option<bool> RetryFailed { get; } = new("--retry-failed") { Description = "Try the trials again that failed in an earlier run." };

    public Option<string?> Report { get; } = ParsedOption.Text("--report", "file",
        "Write the HTML report there (default .descent/reports/<study>.html).");

    public Option<bool> NoReport { get; } = new("--no-report") { Description = "Write no report." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Print the plan and run nothing." };

    public Option<bool> Quick { get; } = new("--quick") { Description = "The study's quick form: the same question on less, in about a minute." };

    public Option<bool> AllowOtherCode { get; } = new("--allow-other-code")
    {
        Description = "Finish a half-done trial that another version began: its numbers may differ.",
    };

    public IEnumerable<Option> All(SharedOptions shared) =>
    [
        shared.Set, shared.Seeds, shared.Epochs, shared.Steps, shared.BatchSize, shared.PhysicalBatch, shared.Init, shared.InitExceptHead, shared.NoAugment,
        shared.Precision, shared.Exact, Workers, shared.Threads, Memory, shared.MaxTime, RetryFailed, shared.Store, shared.DataFolder,
        Report, NoReport, DryRun, Quick, AllowOtherCode,
    ];

    /// <summary>What the command line says in place of the study file.</summary>
    public static IReadOnlyList<StudyOverride> Overrides(Invocation invocation)
    {
        var shared = invocation.Shared;
        var overrides = (invocation.Get(shared.Set) ?? []).Select(StudyOverride.FromSet).ToList();
        if (invocation.Get(shared.Seeds) is { Length: > 0 } seeds)
        {
            string text = $"[{string.Join(", ", seeds)}]";
            overrides.Add(new("seeds", text, $"--seeds {text}"));
        }

        overrides.AddRange(StudyKeys.Overrides(invocation));
        return overrides;
    }

    public RunOptions RunOptions(Invocation invocation)
    {
        var given = new RunOptions
        {
            Threads = invocation.Get(invocation.Shared.Threads),
            RetriesFailed = invocation.Get(RetryFailed),
            AllowsOtherCode = invocation.Get(AllowOtherCode),
        };
        given = invocation.Get(Workers) is { } workers ? given with { Workers = workers } : given;
        return invocation.Get(Memory) is { } bytes ? given with { MemoryBytes = bytes } : given;
    }
}
