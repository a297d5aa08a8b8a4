using System.CommandLine;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Shows what is stored: all studies, or the results of one.</summary>
sealed class ShowCommand : AppCommand
{
    readonly Argument<string?> study = new("study") { Description = "Its name; without it all studies.", Arity = ArgumentArity.ZeroOrOne };

    readonly TableOptions table = new();

    readonly Option<bool> trials = new("--trials") { Description = "A line a trial, with its id, instead of a line a setting." };

    public ShowCommand(Surroundings surroundings)
        : base(surroundings, "show", "The studies of the store, or the results of one.",
            new Example("descent show", "All studies."),
            new Example("descent show quickstart", "Mean ± standard deviation over the seeds of each setting."),
            new Example("descent show quickstart --trials", "Each trial with its id, for evaluate."),
            new Example("descent show quickstart --sort final --top 5", "The five best settings."),
            new Example("descent show quickstart --effects", "Averages over each hyperparameter."),
            new Example("descent show quickstart --group-by optimizer --columns optimizer,final,total,stability", "A table of one's own."))
    {
        Add(study);
        Add(trials);
        foreach (var option in table.All)
        {
            Add(option);
        }

        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        if (invocation.Get(study) is { } name)
        {
            Show(invocation, store, store.Require(name));
        }
        else if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, store.Studies().Select(x => StudyLine.Of(store, x)).ToArray());
        }
        else
        {
            List(invocation.Terminal, [.. store.Studies().Select(x => StudyLine.Of(store, x))]);
        }

        return ExitCode.Success;
    }

    void Show(Invocation invocation, SqliteStudyStore store, StoredStudy stored)
    {
        var results = table.Trials.Choose(invocation, StoredResults.Trials(store, stored));
        if (invocation.IsJson)
        {
            var entry = StudyEntry.Of(stored, results, table.Summary(invocation, results));
            entry = table.ShowsEffects(invocation) ? entry with { Effects = [.. MarginalEffect.Of(results, HeldOut.Of(results)).Select(EffectEntry.Of)] } : entry;
            Json.WriteLine(invocation.Terminal.Out, invocation.Get(trials)
                ? entry with { TrialResults = [.. results.Select(TrialEntry.Of)] } : entry);
            return;
        }

        Painter.WriteText(invocation.Terminal, $"{stored.Name}: {stored.Question}".TrimEnd(' ', ':'));
        invocation.Terminal.Out.WriteLine();
        if (invocation.Get(trials))
        {
            WriteTrials(invocation.Terminal, results);
        }
        else if (table.ShowsEffects(invocation))
        {
            EffectTable.Write(results, invocation.Terminal);
        }
        else
        {
            table.Write(invocation, results, StoredResults.Target(stored));
            StudyPage.WriteBeside(stored, StudySummary.From(results), invocation.Terminal);
        }
    }

    static void WriteTrials(Terminal terminal, IReadOnlyList<TrialResult> results)
    {
        var table = new LineTable("Settings", new("Trial"), new("Optimizer"), new("Seed", ColumnKind.Number), new("State"),
            new("Final", ColumnKind.Number), new("Best", ColumnKind.Number), new("Seconds", ColumnKind.Number));
        foreach (var trial in results)
        {
            table.Row(Format.Settings(trial.Settings), TrialSettings.Short(trial.Id), trial.Optimizer, $"{trial.Seed}",
                trial.State == TrialState.Diverged ? $"diverged at {trial.StoppedAtStep}" : trial.State.ToString().ToLowerInvariant(),
                Format.Percent(trial.FinalTestAccuracy), Format.Percent(trial.BestTestAccuracy),
                Format.Seconds(trial.Seconds));
        }

        table.Write(terminal);
    }

    static void List(Terminal terminal, IReadOnlyList<StudyLine> studies)
    {
        if (studies.Count == 0)
        {
            terminal.Out.WriteLine("The store has no study yet. Begin with: descent run quickstart");
            return;
        }

        var table = new LineTable("Question", new("Study"), new("Workload"), new("Trials", ColumnKind.Number),
            new("Ended", ColumnKind.Number), new("Changed (UTC)"));
        foreach (var x in studies)
        {
            table.Row(x.Question, x.Study, x.Workload, $"{x.Trials}", $"{x.Trials - x.Missing}", $"{x.ChangedAt:yyyy-MM-dd HH:mm}");
        }

        table.Write(terminal);
    }

    /// <param name="ChangedAt">UTC.</param>
    sealed record StudyLine(string Study, string Question, string Workload, int Trials, int Complete, int Diverged, int Failed, int Missing,
        DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
    {
        public static StudyLine Of(SqliteStudyStore store, StoredStudy study)
        {
            var states = store.Trials(study.Name).Select(x => x.Trial.State).ToList();
            int Count(TrialState state) => states.Count(x => x == state);
            return new(study.Name, study.Question, study.Workload, states.Count, Count(TrialState.Complete), Count(TrialState.Diverged),
                Count(TrialState.Failed), Count(TrialState.Waiting) + Count(TrialState.Running), study.CreatedAt, study.ChangedAt);
        }
    }
}
