using System.CommandLine;
using System.Text;
using Descent.App.Options;
using Descent.App.Results;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Writes everything that is stored of a study, at full resolution.</summary>
sealed class ExportCommand : AppCommand
{
    readonly Argument<string> study = new("study") { Description = "Its name. See: descent show." };

    readonly Option<string?> format = ParsedOption.Choice("--format", "A row a step, or one object (default csv).", "csv", "json");

    public ExportCommand(Surroundings surroundings)
        : base(surroundings, "export", "Every point of a study for other programs, at full resolution.",
            new Example("descent export quickstart --format csv -o quickstart.csv",
                "A row a step of each trial; evaluations stand in the rows of their steps."),
            new Example("descent export quickstart --format json | gzip > quickstart.json.gz",
                "One object: settings, environment, steps and epochs of each trial."))
    {
        Add(study);
        Add(format);
        Add(surroundings.Shared.Output);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var stored = store.Require(invocation.Get(study)!);
        bool isJson = invocation.Get(format) is "json" || (invocation.Get(format) is null && invocation.IsJson);
        if (invocation.Get(invocation.Shared.Output) is { } file)
        {
            string path = invocation.Terminal.FullPath(file);
            using (var stream = File.Create(path))
            {
                Write(store, stored, isJson, stream);
            }

            invocation.Say($"Wrote {path}");
        }
        else
        {
            using var stream = new TextWriterStream(invocation.Terminal.Out);
            Write(store, stored, isJson, stream);
        }

        return ExitCode.Success;
    }

    static void Write(SqliteStudyStore store, StoredStudy stored, bool isJson, Stream stream)
    {
        if (isJson)
        {
            JsonExport.Write(store, stored, stream);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16,
            leaveOpen: true);
        CsvExport.Write(store, stored, writer);
    }
}
