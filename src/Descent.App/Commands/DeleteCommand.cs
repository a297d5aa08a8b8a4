using System.CommandLine;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Removes a study from the store, with the checkpoints of its trials.</summary>
sealed class DeleteCommand : AppCommand
{
    readonly Argument<string> study = new("study") { Description = "Its name. See: descent show." };

    public DeleteCommand(Surroundings surroundings)
        : base(surroundings, "delete", "Remove a study from the store, after asking.",
            new Example("descent delete quickstart", "Its trials, their points and checkpoints; trials that another study has stay."),
            new Example("descent delete quickstart --yes", "Without the question."))
    {
        Add(study);
        Add(surroundings.Shared.Yes);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        string name = invocation.Get(study)!;
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        int trials = store.Trials(store.Require(name).Name).Count;
        if (!invocation.Get(invocation.Shared.Yes) && !IsConfirmed(invocation,
            $"Delete study {name} with its {trials} trials from {store.Location}?"))
        {
            invocation.Terminal.Error.WriteLine("Nothing was deleted.");
            return ExitCode.Cancelled;
        }

        var removed = store.Delete(name);
        var checkpoints = CheckpointFolder.Beside(store.Location);
        foreach (string trial in removed)
        {
            checkpoints.Delete(trial);
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(name, removed));
        }
        else
        {
            invocation.Terminal.Out.WriteLine($"Deleted study {name} with {removed.Count} of its {trials} trials"
                + (removed.Count < trials ? "; the others belong to another study as well." : "."));
        }

        return ExitCode.Success;
    }

    static bool IsConfirmed(Invocation invocation, string question)
    {
        if (!invocation.Terminal.CanAsk || invocation.IsJson)
        {
            throw new BadInputException("descent delete asks before it deletes, and nobody can answer here: add --yes.");
        }

        invocation.Terminal.Out.Write($"{question} [y/N] ");
        return invocation.Terminal.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <param name="Deleted">The ids of the deleted trials.</param>
    sealed record Entry(string Study, IReadOnlyList<string> Deleted);
}
