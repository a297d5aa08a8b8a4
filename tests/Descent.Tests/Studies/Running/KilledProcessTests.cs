using Descent.Studies;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Real processes that are killed, or that run one study together, leave the numbers of an undisturbed run, to the bit.</summary>
public sealed class KilledProcessTests : IDisposable
{
    // Nets large enough for trials of a second or more, so that kills fall into them.
    const string Text = """
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

    static readonly Lazy<string> undisturbed = new(() => ProcessStudy.Undisturbed(Text, store => StoreDump.Of(store, "disturbed")));

    readonly ProcessStudy study = new("disturbed", Text);

    bool IsBegun => study.Trials.Any(trial => trial.Trial.State == TrialState.Running);

    int Owners => study.Trials.Select(trial => trial.Trial.Owner).OfType<TrialOwner>().Distinct().Count();

    public void Dispose() => study.Dispose();

    [Fact]
    public void KillsAtSeveralMomentsChangeNoNumber()
    {
        var checkpoints = CheckpointFolder.Beside(study.Store.Location);
        bool isCheckpointUsed = false;
        foreach (long steps in (long[])[0, 500, 3_000, 6_000, 9_000, 13_000])
        {
            using var process = study.Start();
            Assert.True(process.Reaches(() => IsBegun && study.Recorded >= steps));
            process.Kill();
            Assert.True(study.Recorded >= steps);
            isCheckpointUsed |= study.Trials.Any(trial => checkpoints.Files(trial.Trial.Id).Count > 0);
        }

        using (var last = study.Start())
        {
            last.MustEndWell();
        }

        Assert.True(isCheckpointUsed);
        Assert.Equal("ok", study.Store.Writer.Scalar("PRAGMA integrity_check"));
        Assert.Equal(undisturbed.Value, StoreDump.Of(study.Store, "disturbed"));
    }

    [Fact]
    public void TwoProcessesShareAStudy()
    {
        using (var first = study.Start("--workers", "1"))
        using (var second = study.Start("--workers", "1"))
        {
            Assert.True(first.Reaches(() => Owners == 2));
            first.MustEndWell();
            second.MustEndWell();
        }

        Assert.All(study.Trials, trial => Assert.Equal(1, trial.Trial.Attempts));
        Assert.Equal(undisturbed.Value, StoreDump.Of(study.Store, "disturbed"));
    }

    [Fact]
    public void TheTrialOfAKilledProcessIsFinishedByAnother()
    {
        using var survivor = study.Start("--workers", "1");
        using (var victim = study.Start("--workers", "1"))
        {
            Assert.True(victim.Reaches(() => Owners == 2 && study.Recorded > 1000));
            victim.Kill();
        }

        survivor.MustEndWell();

        Assert.Contains(study.Trials, trial => trial.Trial.Attempts == 2);
        Assert.Equal(undisturbed.Value, StoreDump.Of(study.Store, "disturbed"));
    }
}
