using System.CommandLine;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Writes the HTML report of a study.</summary>
sealed class ReportCommand : AppCommand
{
    readonly Argument<string> study = new("study") { Description = "Its name. See: descent show." };

    public ReportCommand(Surroundings surroundings)
        : base(surroundings, "report", "The HTML report of a study: one file that opens offline.",
            new Example("descent report quickstart", "To .descent/reports/quickstart.html."),
            new Example("descent report quickstart -o /tmp/quickstart.html", "To another place."))
    {
        Add(study);
        Add(surroundings.Shared.Output);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        using var store = SqliteStudyStore.Open(invocation.StorePath(), terminal.Time);
        var stored = store.Require(invocation.Get(study)!);
        string path = invocation.Get(invocation.Shared.Output) is { } file
            ? terminal.FullPath(file) : ReportFile.DefaultPath(store.Location, stored.Name);
        ReportFile.Write(store, stored, path, terminal.Time);
        if (invocation.IsJson)
        {
            Json.WriteLine(terminal.Out, new Entry(stored.Name, path));
        }
        else
        {
            terminal.Out.WriteLine(path);
        }

        return ExitCode.Success;
    }

    sealed record Entry(string Study, string Report);
}
