using System.CommandLine;
using Descent.App.Output;
using Descent.Studies.Comparisons.Sections;
using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Protocols;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Says what may make a comparison untrue.</summary>
sealed class LintCommand : AppCommand
{
    readonly Argument<string> study = new("study") { HelpName = "study or file", Description = "A study of the store, a preset, a protocol, or a file." };

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
        var studies = Studies(invocation, invocation.Get(study)!);
        int open = studies.Sum(x => x.Open);
        if (invocation.IsJson)
        {
            Json.WriteLine<object>(invocation.Terminal.Out, studies is [var only] ? only.ToJson() : new ProtocolEntry(invocation.Get(study)!, open, [.. studies.Select(x => x.ToJson())]));
        }
        else
        {
            foreach (var x in studies)
            {
                x.Write(invocation.Terminal);
            }
        }

        return invocation.Get(strict) && open > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>One, or those of a protocol. A study that has run says more than its file.</summary>
    static IReadOnlyList<LintedStudy> Studies(Invocation invocation, string given)
    {
        string path = invocation.Terminal.FullPath(given), storePath = invocation.StorePath();
        bool isFile = File.Exists(path) || Path.GetExtension(given).ToLowerInvariant() is ".yaml" or ".yml";
        using var store = File.Exists(storePath) ? SqliteStudyStore.Open(storePath, invocation.Terminal.Time) : null;
        if (!isFile && store?.Study(given) is { } stored)
        {
            return [Of(store, stored)];
        }

        if (ProtocolFile.Find(isFile ? path : given, invocation.Optimizers()) is { } protocol)
        {
            return [.. protocol.Plan().Select(planned => store?.Study(planned.Name) is { } known ? Of(store, known) : Of(planned))];
        }

        return [Of(StudyFile.Load(isFile ? path : given, optimizers: invocation.Optimizers()))];
    }

    static LintedStudy Of(SqliteStudyStore store, StoredStudy study) => new(study.Name, StoredComparison.Findings(store, study));

    static LintedStudy Of(StudyDefinition study) => new(study.Name, StoredComparison.Findings(study));

    sealed record LintedStudy(string Name, IReadOnlyList<Finding> Findings)
    {
        /// <summary>Confounds that are not waived.</summary>
        public int Open => Findings.Count(finding => !finding.IsWaived);

        public Entry ToJson() => new(Name, Open, [.. Findings.Select(FindingEntry.Of)]);

        public void Write(Terminal terminal)
        {
            terminal.Out.WriteLine($"{Name}: {(Findings.Count == 0 ? "no confound was found" : ConfoundsSection.Summary(Findings))}");
            foreach (var finding in Findings)
            {
                terminal.Out.WriteLine();
                Painter.WriteText(terminal, $"{ConfoundsSection.Word(finding)} {finding.Rule.Code}: {finding.Seen}");
                Painter.WriteText(terminal, finding.Waiver is { Length: > 0 } why ? $"Accepted: {why}" : $"{finding.Rule.Reason} {finding.Rule.Fix}");
            }
        }
    }

    /// <param name="Open">Confounds that are not waived.</param>
    sealed record Entry(string Study, int Open, IReadOnlyList<FindingEntry> Findings);

    /// <param name="Open">Confounds that are not waived, of all studies.</param>
    sealed record ProtocolEntry(string Protocol, int Open, IReadOnlyList<Entry> Studies);
}
