using System.CommandLine;
using Descent.App.Output;
using Descent.Data;

namespace Descent.App.Commands;

/// <summary>Compares the files of data sets and weights with the published ones.</summary>
sealed class DataVerifyCommand : AppCommand
{
    readonly Argument<string?> name = new("name")
    {
        Description = "A data set or published weights; without it all whose files are here.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public DataVerifyCommand(Surroundings surroundings)
        : base(surroundings, "verify", "Compare the files of a data set or of weights with the published ones, by their digests.",
            new Example("descent data verify mnist", "Is every file of MNIST there, and as published?"),
            new Example("descent data verify", "Check all that are here."))
    {
        Add(name);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        var folder = invocation.DataFolder();
        string? wanted = invocation.Get(name);
        var sets = wanted is null
            ? PublicationCatalog.All.Where(set => set.IsBuiltIn || set.Files.Any(file => file.Find(folder) is not null))
            : [PublicationCatalog.Find(wanted)];
        var checks = new List<(string Set, DataFileCheck Check)>();
        foreach (var set in sets)
        {
            invocation.Cancellation.ThrowIfCancellationRequested();
            checks.AddRange(DataVerification.Verify(set, folder).Select(check => (set.Name, check)));
            if (set.IsBuiltIn && !invocation.IsJson)
            {
                invocation.Terminal.Out.WriteLine($"{set.Name} ships with Descent: nothing to verify.");
            }
        }

        Report(invocation, checks);
        return checks.Exists(x => x.Check.State is DataFileState.Damaged or DataFileState.Missing) ? ExitCode.BadInput : ExitCode.Success;
    }

    static void Report(Invocation invocation, List<(string Set, DataFileCheck Check)> checks)
    {
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out,
                checks.Select(x => new Entry(x.Set, x.Check.File.Path, x.Check.Path, x.Check.State, x.Check.Message)));
        }

        foreach (var (set, check) in checks)
        {
            string line = check.State is DataFileState.Missing ? $"{check.Message} Run: descent data get {set}" : check.Message;
            if (check.State is not DataFileState.Published)
            {
                invocation.Terminal.Error.WriteLine(check.State is DataFileState.Different ? $"Warning: {line}" : line);
            }
            else if (!invocation.IsJson)
            {
                invocation.Terminal.Out.WriteLine(line);
            }
        }
    }

    sealed record Entry(string DataSet, string File, string Path, DataFileState State, string Message);
}
