using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Real processes that are killed, or that run one study together, leave the numbers of an undisturbed run, to the bit.</summary>
public sealed class KilledProcessTests : IDisposable
{
    // Nets large enough for trials of a second or more, so that kills fall into them.
    const string Study = """
        name: disturbed
        workload: digits-mlp
        model: { hidden: [300, 300] }
        epochs: 120
        seeds: [0]
        optimizers:
          - adam: { learning_rate: 1e-3 }
          - sgd: { learning_rate: 0.1, momentum: 0.9 }
          - rmsprop: { learning_rate: 1e-3 }
        """;

    static readonly Lazy<string> undisturbed = new(RunUndisturbed);

    readonly TemporaryFolder folder = new();

    public KilledProcessTests()
    {
        File.WriteAllText(folder["disturbed.yaml"], Study);
        _ = Directory.CreateDirectory(folder[".descent"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void KillsAtSeveralMomentsChangeNoNumber()
    {
        using var store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
        var checkpoints = CheckpointFolder.Beside(store.Location);
        bool isCheckpointUsed = false;
        foreach (long steps in (long[])[0, 500, 3_000, 6_000, 9_000, 13_000])
        {
            using var process = Start();
            Assert.True(process.Reaches(() => IsBegun(store) && Recorded(store) >= steps));
            process.Kill();
            Assert.True(Recorded(store) >= steps);
            isCheckpointUsed |= store.Trials("disturbed").Any(trial => checkpoints.Files(trial.Trial.Id).Count > 0);
        }

        using (var last = Start())
        {
            last.MustEndWell();
        }

        Assert.True(isCheckpointUsed);
        Assert.Equal("ok", store.Writer.Scalar("PRAGMA integrity_check"));
        Assert.Equal(undisturbed.Value, StoreDump.Of(store, "disturbed"));
    }

    [Fact]
    public void TwoProcessesShareAStudy()
    {
        using var store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
        using (var first = Start("--workers", "1"))
        using (var second = Start("--workers", "1"))
        {
            Assert.True(first.Reaches(() => Owners(store) == 2));
            first.MustEndWell();
            second.MustEndWell();
        }

        Assert.All(store.Trials("disturbed"), trial => Assert.Equal(1, trial.Trial.Attempts));
        Assert.Equal(undisturbed.Value, StoreDump.Of(store, "disturbed"));
    }

    [Fact]
    public void TheTrialOfAKilledProcessIsFinishedByAnother()
    {
        using var store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
        using var survivor = Start("--workers", "1");
        using (var victim = Start("--workers", "1"))
        {
            Assert.True(victim.Reaches(() => Owners(store) == 2 && Recorded(store) > 1000));
            victim.Kill();
        }

        survivor.MustEndWell();

        Assert.Contains(store.Trials("disturbed"), trial => trial.Trial.Attempts == 2);
        Assert.Equal(undisturbed.Value, StoreDump.Of(store, "disturbed"));
    }

    DescentProcess Start(params string[] arguments) => new(folder.Path, ["run", "disturbed.yaml", "--no-report", "--quiet", .. arguments]);

    static bool IsBegun(SqliteStudyStore store) => store.Trials("disturbed").Any(trial => trial.Trial.State == TrialState.Running);

    static int Owners(SqliteStudyStore store) =>
        store.Trials("disturbed").Select(trial => trial.Trial.Owner).OfType<TrialOwner>().Distinct().Count();

    static long Recorded(SqliteStudyStore store) => store.Trials("disturbed").Sum(trial => trial.Trial.Steps);

    static string RunUndisturbed()
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStudyStore.OpenOrCreate(folder["studies.db"], TimeProvider.System);
        var context = new RunContext(store, CheckpointFolder.Beside(store.Location), new WorkloadTrainings(new("unused"), TimeProvider.System),
            TimeProvider.System, new RunOptions());
        _ = new StudyRunner(context).Run(StudyFile.Parse(Study, "disturbed.yaml"), new(TimeProvider.System), CancellationToken.None);
        return StoreDump.Of(store, "disturbed");
    }
}
