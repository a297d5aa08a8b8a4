using System.CommandLine;
using Descent.App.Output;
using Descent.Studies.Comparisons.Sections;
using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Says what may make a comparison untrue.</summary>
sealed class LintCommand : AppCommand
{
    readonly Argument<string> study = new("study") { HelpName = "study or file", Description = "A study of the store, a preset, or a study file." };

    readonly Option<bool> strict = new("--strict") { Description = "Exit code 1 where a confound is neither mended nor waived." };

    public LintCommand(Surroundings surroundings)
        : base(surroundings, "lint", "What may make a comparison untrue, seen in plan and results, with a remedy for each.",
            new Example("descent lint quickstart", "Of the study's plan, and of its results where it has run."),
            new Example("descent lint study.yaml --strict", "Before it has run; exit code 1 where there is something."))
    {
        Add(study);
        Add(strict);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        var (name, findings) = Findings(invocation, invocation.Get(study)!);
        int open = findings.Count(finding => !finding.IsWaived);
        if (invocation.IsJson)
        {
            Json.WriteLine(terminal.Out, new Entry(name, open, [.. findings.Select(FindingEntry.Of)]));
        }
        else
        {
            terminal.Out.WriteLine($"{name}: {(findings.Count == 0 ? "no confound was found" : ConfoundsSection.Summary(findings))}");
            foreach (var finding in findings)
            {
                terminal.Out.WriteLine();
                Painter.WriteText(terminal, $"{ConfoundsSection.Word(finding)} {finding.Rule.Code}: {finding.Seen}");
                Painter.WriteText(terminal, finding.Waiver is { Length: > 0 } why ? $"Accepted: {why}" : $"{finding.Rule.Reason} {finding.Rule.Fix}");
            }
        }

        return invocation.Get(strict) && open > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>A study that has run says more than its file.</summary>
    static (string Name, IReadOnlyList<Finding> Findings) Findings(Invocation invocation, string given)
    {
        string path = invocation.Terminal.FullPath(given), storePath = invocation.StorePath();
        bool isFile = File.Exists(path) || Path.GetExtension(given).ToLowerInvariant() is ".yaml" or ".yml";
        if (!isFile && File.Exists(storePath))
        {
            using var store = SqliteStudyStore.Open(storePath, invocation.Terminal.Time);
            if (store.Study(given) is { } stored)
            {
                return (stored.Name, StoredComparison.Findings(store, stored));
            }
        }

        var definition = StudyFile.Load(isFile ? path : given, optimizers: invocation.Optimizers());
        return (definition.Name, StoredComparison.Findings(definition));
    }

    /// <param name="Open">Confounds that are not waived.</param>
    sealed record Entry(string Study, int Open, IReadOnlyList<FindingEntry> Findings);
}
