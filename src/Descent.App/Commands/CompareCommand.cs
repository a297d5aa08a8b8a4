using System.CommandLine;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Comparisons;
using Descent.Studies.Comparisons.Sections;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Says which optimizer of a study is better, and how well that is known.</summary>
sealed class CompareCommand : AppCommand
{
    readonly Argument<string> study = new("study") { Description = "Its name (see: descent show), or a protocol's." };

    readonly Option<double?> target = ParsedOption.Share("--target", "Accuracy to reach, as in 0.95 (default: the study's).");

    readonly Option<double?> delta = ParsedOption.Share("--delta", "Difference of accuracy that matters (default 0.01, one percent point).");

    public CompareCommand(Surroundings surroundings)
        : base(surroundings, "compare", "Which optimizer of a study is better, how well that is known, and what would change the answer.",
            new Example("descent compare quickstart", "The verdict, the ranking with intervals, and the seeds that would settle it."),
            new Example("descent compare quickstart --target 0.95 --delta 0.005", "With the time to 95 %; differences under half a point do not matter."),
            new Example("descent compare quickstart --json", "The same as one object."))
    {
        Add(study);
        Add(target);
        Add(delta);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        string name = invocation.Get(study)!;
        if (store.Study(name) is null && StoredProtocol.Studies(store, name).Count > 0)
        {
            if (invocation.Get(target) is not null)
            {
                throw new BadInputException($"--target: {name} is a protocol, whose targets are fixed; its studies take one: descent compare {StoredProtocol.Studies(store, name)[0].Name} --target.");
            }

            ProtocolRun.Write(invocation, StoredProtocol.Compare(store, name, invocation.Get(delta) ?? ComparisonRequest.UsualDelta));
            return ExitCode.Success;
        }

        var stored = store.Require(name);
        var request = StoredComparison.Request(store, stored);
        var comparison = Comparison.Of(request with
        {
            Target = invocation.Get(target) ?? request.Target,
            Delta = invocation.Get(delta) ?? request.Delta,
        });
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, ComparisonEntry.Of(comparison, StoredComparison.Findings(store, stored)));
            return ExitCode.Success;
        }

        Painter.WriteText(invocation.Terminal, $"{stored.Name}: {stored.Question}".TrimEnd(' ', ':'));
        foreach (var section in ComparisonPage.Of(comparison).Append(ConfoundsSection.Of(StoredComparison.Findings(store, stored))))
        {
            SectionText.Write(section, invocation.Terminal);
        }

        return ExitCode.Success;
    }
}
