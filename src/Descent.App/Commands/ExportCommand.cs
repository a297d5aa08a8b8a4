using System.CommandLine;
using System.Text;
using Descent.App.Evaluations;
using Descent.App.Options;
using Descent.App.Results;
using Descent.Formats;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Writes what is stored of a study at full resolution, or the parameters of a checkpoint.</summary>
sealed class ExportCommand : AppCommand
{
    const string Csv = "csv", JsonFormat = "json", Npz = "npz", TensorBoard = "tensorboard", SafeTensors = "safetensors", PyTorch = "pth";

    readonly Argument<string> study = new("study")
    {
        Description = "Its name (see: descent show), or a checkpoint of a trial: study/trial@best, @latest or @epoch=10.",
    };

    readonly Option<string?> format = ParsedOption.Choice("--format",
        "A row a step, one object, arrays of NumPy, a folder of TensorBoard's events, or parameters (default csv; of a checkpoint safetensors).",
        Csv, JsonFormat, Npz, TensorBoard, SafeTensors, PyTorch);

    readonly TrialOptions trials = new();

    public ExportCommand(Surroundings surroundings)
        : base(surroundings, "export", "Every point of a study for other programs, at full resolution, or the parameters of a checkpoint.",
            new Example("descent export quickstart --format csv -o quickstart.csv",
                "A row a step of each trial; evaluations stand in the rows of their steps."),
            new Example("descent export quickstart --format json | gzip > quickstart.json.gz",
                "One object: settings, environment, steps and epochs of each trial."),
            new Example("descent export quickstart --format npz -o quickstart.npz", "Histories as arrays that numpy.load reads."),
            new Example("descent export quickstart --format tensorboard -o runs", "A folder for tensorboard --logdir."),
            new Example("descent export quickstart/3f9a@latest -o adam.safetensors", "The newest parameters of a trial."),
            new Example("descent export quickstart/3f9a@latest -o adam.pth", "The same as a state dict for torch.load."))
    {
        Add(study);
        Add(format);
        Add(trials.Where);
        Add(surroundings.Shared.Output);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        string name = invocation.Get(study)!;
        string? path = invocation.Get(invocation.Shared.Output) is { } file ? invocation.Terminal.FullPath(file) : null;
        if (name.Contains('@', StringComparison.Ordinal))
        {
            WriteCheckpoint(invocation, name, path);
            return ExitCode.Success;
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        var stored = store.Require(name);
        string wanted = invocation.Get(format) ?? (invocation.IsJson ? JsonFormat : Csv);
        var chosen = Chosen(invocation, store, stored);
        if (wanted is Npz or TensorBoard && path is null)
        {
            throw new BadInputException($"--format {wanted} needs a {(wanted == Npz ? "file" : "folder")}: add -o NAME.");
        }

        switch (wanted)
        {
            case SafeTensors or PyTorch:
                throw new BadInputException($"--format {wanted} is of a checkpoint, as {name}/trial@latest; see: descent show {name} --trials");
            case TensorBoard:
                TensorBoardExport.Write(store, stored, path!, chosen);
                break;
            case Npz:
                AtomicFile.Write(path!, stream => NpzExport.Write(store, stored, stream, chosen));
                break;
            default:
                WriteText(invocation, store, stored, chosen, wanted, path);
                break;
        }

        if (path is not null)
        {
            invocation.Say($"Wrote {path}");
        }

        return ExitCode.Success;
    }

    /// <summary>The trials that pass the filters; all of them without filters, which need not be put together then.</summary>
    IReadOnlyList<StudyTrial> Chosen(Invocation invocation, SqliteStudyStore store, StoredStudy stored)
    {
        var all = store.Trials(stored.Name);
        if (invocation.Get(trials.Where) is not { Length: > 0 })
        {
            return all;
        }

        var wanted = trials.Choose(invocation, StoredResults.Trials(store, stored)).Select(trial => trial.Id).ToHashSet();
        return [.. all.Where(trial => wanted.Contains(trial.Trial.Id))];
    }

    void WriteCheckpoint(Invocation invocation, string name, string? path)
    {
        if (path is null || invocation.Get(format) is not (null or SafeTensors or Npz or PyTorch))
        {
            throw new BadInputException($"{name}: parameters are exported to a file as safetensors, npz or pth: add -o NAME.safetensors.");
        }

        var checkpoint = SafeTensorsFile.Read(CheckpointArgument.Resolve(invocation, name));
        switch (invocation.Get(format) ?? (WeightsFile.IsStateDict(path) ? PyTorch : Path.GetExtension(path) == ".npz" ? Npz : SafeTensors))
        {
            case Npz:
                NpzFile.Write(path, checkpoint.Arrays);
                break;
            case PyTorch:
                PyTorchFile.Write(path, WeightsFile.WeightsAlone(checkpoint.Arrays));
                break;
            default:
                SafeTensorsFile.Write(path, checkpoint.Arrays, checkpoint.Metadata);
                break;
        }

        invocation.Say($"Wrote {path}");
    }

    static void WriteText(Invocation invocation, SqliteStudyStore store, StoredStudy stored, IReadOnlyList<StudyTrial> chosen, string wanted, string? path)
    {
        using Stream stream = path is null ? new TextWriterStream(invocation.Terminal.Out) : File.Create(path);
        if (wanted == JsonFormat)
        {
            JsonExport.Write(store, stored, stream, chosen);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        CsvExport.Write(store, stored, writer, chosen);
    }
}
