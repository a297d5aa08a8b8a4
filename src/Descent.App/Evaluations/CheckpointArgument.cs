using Descent.App.Commands;
using Descent.App.Results;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.App.Evaluations;

/// <summary>What the user calls a checkpoint: a file, or <c>study/trial@latest</c>.</summary>
static class CheckpointArgument
{
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
            throw new BadInputException($"There is no file {path}. A checkpoint is a file, or study/trial@latest.");
        }

        string which = text[(at + 1)..];
        if (which != "latest")
        {
            throw new BadInputException($"{text}: of a trial, \"latest\" is kept, not \"{which}\".");
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var trial = FindTrial(store, store.Require(text[..slash]).Name, text[(slash + 1)..at]);
        return CheckpointFolder.Beside(store.Location).Latest(trial.Id)
            ?? throw new BadInputException($"{text}: the trial is {trial.State.ToString().ToLowerInvariant()} and has no checkpoint.");
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
