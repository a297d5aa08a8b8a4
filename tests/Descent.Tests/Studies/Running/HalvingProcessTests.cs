using Descent.Studies;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Successive halving in real processes that are killed, or that run one study together.</summary>
public sealed class HalvingProcessTests : IDisposable
{
    const string Text = """
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

    static readonly Lazy<string> undisturbed = new(() => ProcessStudy.Undisturbed(Text, store =>
    {
        Assert.Equal([(TrialState.Complete, 1), (TrialState.Pruned, 5)], store.Trials("halved").CountBy(x => x.Trial.State).OrderBy(x => x.Key).Select(x => (x.Key, x.Value)));
        return StoreDump.Of(store, "halved");
    }));

    readonly ProcessStudy study = new("halved", Text);

    public void Dispose() => study.Dispose();

    [Fact]
    public void KillsBeforeAndBetweenTheRungsChangeNoNumber()
    {
        foreach (long steps in (long[])[100, 900, 1_600, 2_200])
        {
            using var process = study.Start();
            Assert.True(process.Reaches(() => study.Trials.Any(trial => trial.Trial.State == TrialState.Running) && study.Recorded >= steps));
            process.Kill();
        }

        using (var last = study.Start())
        {
            last.MustEndWell();
        }

        Assert.Equal(undisturbed.Value, StoreDump.Of(study.Store, "halved"));
    }

    [Fact]
    public void TwoProcessesShareTheRungs()
    {
        using var first = study.Start("--workers", "1");
        using var second = study.Start("--workers", "1");
        first.MustEndWell();
        second.MustEndWell();
        Assert.Equal(undisturbed.Value, StoreDump.Of(study.Store, "halved"));
    }
}
