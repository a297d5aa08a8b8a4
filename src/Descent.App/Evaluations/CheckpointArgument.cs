using System.Globalization;
using Descent.App.Commands;
using Descent.App.Results;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Evaluations;

/// <summary>What the user calls a checkpoint: a file, or <c>study/trial@best</c>, <c>@latest</c>, <c>@epoch=10</c>.</summary>
static class CheckpointArgument
{
    const string AllEpochs = "@epochs";

    /// <summary>The file.</summary>
    /// <exception cref="BadInputException">There is no such file, study, trial or checkpoint.</exception>
    public static string Resolve(Invocation invocation, string text)
    {
        string path = invocation.Terminal.FullPath(text);
        if (File.Exists(path))
        {
            return path;
        }

        int slash = text.IndexOf('/'), at = text.LastIndexOf('@');
        if (slash < 1 || at < slash)
        {
            throw new BadInputException($"There is no file {path}. A checkpoint is a file, or one of a trial: study/trial@best, @latest, @epoch=10.");
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var trial = FindTrial(store, store.Require(text[..slash]).Name, text[(slash + 1)..at]);
        return Find(CheckpointFolder.Beside(store.Location), trial, text[(at + 1)..], text);
    }

    /// <summary>Several files: <c>study/trial@epochs</c> is all epochs of a trial that were kept, in their order; anything else is one checkpoint.</summary>
    /// <exception cref="BadInputException">There is no such file, study, trial or checkpoint.</exception>
    public static IReadOnlyList<string> ResolveAll(Invocation invocation, string text)
    {
        if (!text.EndsWith(AllEpochs, StringComparison.Ordinal) || text.IndexOf('/') is not (> 0 and var slash))
        {
            return [Resolve(invocation, text)];
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var trial = FindTrial(store, store.Require(text[..slash]).Name, text[(slash + 1)..^AllEpochs.Length]);
        var folder = CheckpointFolder.Beside(store.Location);
        return folder.Epochs(trial.Id) is { Count: > 0 } epochs ? [.. epochs.Select(epoch => folder.EpochFile(trial.Id, epoch))]
            : throw new BadInputException($"{text}: no epochs of the trial are kept. A study asks for them before it runs: checkpoints: [1, 2, 3].");
    }

    /// <summary>A trial of a study, <c>study/trial</c> with the first digits of its id, of the store that the command reads.</summary>
    /// <exception cref="BadInputException">There is no such study or trial.</exception>
    public static (StoredTrial Trial, IReadOnlyList<GaugeSeries> Gauges) ResolveGauges(Invocation invocation, string text)
    {
        int slash = text.IndexOf('/');
        if (slash < 1)
        {
            throw new BadInputException($"\"{text}\": a trial is study/trial, with the first digits of its id. See: descent show STUDY --trials");
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var trial = FindTrial(store, store.Require(text[..slash]).Name, text[(slash + 1)..]);
        return (trial, store.Gauges(trial.Id));
    }

    static string Find(CheckpointFolder checkpoints, StoredTrial trial, string which, string text)
    {
        if (which is "latest" or "best")
        {
            string? file = which == "latest" ? checkpoints.Latest(trial.Id) : checkpoints.BestFile(trial.Id);
            return File.Exists(file) ? file : throw new BadInputException($"{text}: the trial is {trial.State.ToString().ToLowerInvariant()} and has no "
                + (which == "latest" ? "checkpoint."
                    : trial.Settings.ValidationCount > 0 ? "best one yet, or its study keeps none."
                    : "best one: the best is chosen by images for validation, and its study sets none apart (validation: 5000)."));
        }

        if (which.Split('=') is not ["epoch", var digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch))
        {
            throw new BadInputException($"{text}: of a trial there is @best, @latest or @epoch=10, not @{which}.");
        }

        string kept = string.Join(", ", checkpoints.Epochs(trial.Id));
        return File.Exists(checkpoints.EpochFile(trial.Id, epoch)) ? checkpoints.EpochFile(trial.Id, epoch) : throw new BadInputException(
            $"{text}: the parameters after epoch {epoch} are not kept; {(kept.Length > 0 ? $"kept are those after {kept}" : "none are")}. "
                + $"A study asks for them before it runs: checkpoints: [{epoch}].");
    }

    static StoredTrial FindTrial(SqliteStudyStore store, string study, string start)
    {
        var trials = store.Trials(study).Where(x => x.Trial.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase)).ToList();
        return trials.Count switch
        {
            1 => trials[0].Trial,
            0 => throw new BadInputException(
                $"Study {study} has no trial whose id begins with \"{start}\". See: descent show {study} --trials"),
            var several => throw new BadInputException(
                $"Study {study} has {several} trials whose id begins with \"{start}\": give more digits."),
        };
    }
}
