using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Definition;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>A store and checkpoints in a folder of their own, and runs of a small study of fake trainings in it.</summary>
sealed class RunnerFixture : IDisposable
{
    readonly TemporaryFolder folder = new();

    public RunnerFixture(params string[] sets)
    {
        Study = StudyText.Parse(StudyText.Smallest, ["epochs=3", .. sets]);
        Store = SqliteStudyStore.OpenOrCreate(folder["studies.db"], Time);
        Checkpoints = CheckpointFolder.Beside(folder["studies.db"]);
    }

    public ManualTime Time { get; } = new();

    public StudyDefinition Study { get; }

    public SqliteStudyStore Store { get; }

    public CheckpointFolder Checkpoints { get; }

    public IReadOnlyList<PlannedTrial> Trials => Study.Expand();

    /// <summary>One worker, and a checkpoint at the end of each epoch.</summary>
    public static RunOptions Options { get; } = new()
    {
        Workers = 1,
        Threads = 1,
        EpochCheckpointInterval = TimeSpan.Zero,
    };

    /// <summary>What an uninterrupted run of the same study stores.</summary>
    public string Uninterrupted()
    {
        using var other = new RunnerFixture("seeds=" + string.Join(',', Study.Seeds));
        _ = other.Run(new FakeTrainings());
        return other.Dump();
    }

    public string Dump() => StoreDump.Of(Store, Study.Name);

    public RunSummary Run(ITrialTrainings trainings, RunOptions? options = null, RunProgress? progress = null) =>
        Start(trainings, options ?? Options, progress ?? new(Time), TestContext.Current.CancellationToken);

    /// <summary>Runs until a step of a trial, then stops as Ctrl-C does.</summary>
    public void RunUntil(ulong seed, long step)
    {
        using var source = new CancellationTokenSource();
        var summary = Start(new FakeTrainings { BeforeStep = Stop }, Options, new(Time), source.Token);
        Assert.True(summary.IsCancelled);

        void Stop(TrialSettings trial, long now)
        {
            if ((trial.Seed, now) == (seed, step))
            {
                source.Cancel();
            }
        }
    }

    RunSummary Start(ITrialTrainings trainings, RunOptions options, RunProgress progress, CancellationToken token) =>
        new StudyRunner(new(Store, Checkpoints, trainings, Time, options)).Run(Study, progress, token);

    public void Dispose()
    {
        Store.Dispose();
        folder.Dispose();
    }
}
