using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Successive halving in real processes that are killed, or that run one study together.</summary>
public sealed class HalvingProcessTests : IDisposable
{
    const string Study = """
        name: halved
        workload: digits-mlp
        model: { hidden: [300, 300] }
        validation: 200
        epochs: 24
        seeds: [0]
        halving: { first: 6, factor: 2 }
        optimizers:
          - adam: { learning_rate: [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2] }
        """;

    static readonly Lazy<string> undisturbed = new(RunUndisturbed);

    readonly TemporaryFolder folder = new();

    public HalvingProcessTests()
    {
        File.WriteAllText(folder["halved.yaml"], Study);
        _ = Directory.CreateDirectory(folder[".descent"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void KillsBeforeAndBetweenTheRungsChangeNoNumber()
    {
        using var store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
        foreach (long steps in (long[])[100, 900, 1_600, 2_200])
        {
            using var process = Start();
            Assert.True(process.Reaches(() => store.Trials("halved").Any(trial => trial.Trial.State == TrialState.Running) && Recorded(store) >= steps));
            process.Kill();
        }

        using (var last = Start())
        {
            last.MustEndWell();
        }

        Assert.Equal(undisturbed.Value, StoreDump.Of(store, "halved"));
    }

    [Fact]
    public void TwoProcessesShareTheRungs()
    {
        using var store = SqliteStudyStore.OpenOrCreate(folder[".descent/studies.db"], TimeProvider.System);
        using var first = Start("--workers", "1");
        using var second = Start("--workers", "1");
        first.MustEndWell();
        second.MustEndWell();
        Assert.Equal(undisturbed.Value, StoreDump.Of(store, "halved"));
    }

    DescentProcess Start(params string[] arguments) => new(folder.Path, ["run", "halved.yaml", "--no-report", "--quiet", .. arguments]);

    static long Recorded(SqliteStudyStore store) => store.Trials("halved").Sum(trial => trial.Trial.Steps);

    static string RunUndisturbed()
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStudyStore.OpenOrCreate(folder["studies.db"], TimeProvider.System);
        var context = new RunContext(store, CheckpointFolder.Beside(store.Location), new WorkloadTrainings(new("unused"), TimeProvider.System), TimeProvider.System, new RunOptions());
        _ = new StudyRunner(context).Run(StudyFile.Parse(Study, "halved.yaml"), new(TimeProvider.System), CancellationToken.None);
        Assert.Equal([(TrialState.Complete, 1), (TrialState.Pruned, 5)], store.Trials("halved").CountBy(x => x.Trial.State).OrderBy(x => x.Key).Select(x => (x.Key, x.Value)));
        return StoreDump.Of(store, "halved");
    }
}
