using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>A study in a folder of its own, which processes run that a test may kill; and what an undisturbed run of it stores.</summary>
sealed class ProcessStudy : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string name;

    public ProcessStudy(string name, string text)
    {
        this.name = name;
        File.WriteAllText(folder[$"{name}.yaml"], text);
        _ = Directory.CreateDirectory(folder[".descent"]);
        Store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
    }

    public SqliteStudyStore Store { get; }

    public IReadOnlyList<StudyTrial> Trials => Store.Trials(name);

    /// <summary>Steps that are stored, of all trials.</summary>
    public long Recorded => Trials.Sum(trial => trial.Trial.Steps);

    public DescentProcess Start(params string[] arguments) => new(folder.Path, ["run", $"{name}.yaml", "--no-report", "--quiet", .. arguments]);

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }

    /// <param name="read">What is wanted of the store, with the checkpoints beside it.</param>
    public static string Undisturbed(string text, Func<SqliteStudyStore, string> read)
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStudyStore.OpenOrCreate(folder["studies.db"], TimeProvider.System);
        var context = new RunContext(store, CheckpointFolder.Beside(store.Location), new WorkloadTrainings(new("unused"), TimeProvider.System),
            TimeProvider.System, new RunOptions());
        _ = new StudyRunner(context).Run(StudyFile.Parse(text, "undisturbed.yaml"), new(TimeProvider.System), CancellationToken.None);
        return read(store);
    }
}
