using System.Security.Cryptography;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tensors;
using Descent.Tests.Studies.Storage;
using Descent.Training;

namespace Descent.Tests.Studies.Running;

/// <summary>A study of twelve trials that is killed thirty times at random moments, with four workers, leaves the numbers of an undisturbed run, to the
/// bit. Runs for minutes, so it is left out of a usual run, where <see cref="KilledProcessTests"/> is its smaller form.</summary>
public sealed class ManyKillsTests : IDisposable
{
    const int Kills = 30, Workers = 4;

    const string Text = """
        name: disturbed
        workload: digits-mlp
        model: { hidden: [300, 300] }
        epochs: 60
        validation: 180
        checkpoints: [10, 40]
        clip_norm: 5
        evaluate: { parameters: true }
        seeds: [0, 1, 2]
        optimizers:
          - adam: { learning_rate: 1e-3 }
          - sgd: { learning_rate: 0.1, momentum: 0.9 }
            schedule: { name: cosine, warmup: 0.1 }
          - rmsprop: { learning_rate: 1e-3 }
          - muon: { learning_rate: 0.02 }
        """;

    readonly ProcessStudy study = new("disturbed", Text);

    public void Dispose() => study.Dispose();

    [Theory(Explicit = true)]
    [Trait("kind", "kill")]
    [InlineData(1)]
    public void ThirtyKillsAtRandomMomentsChangeNoNumber(ulong seed)
    {
        long total = StudyFile.Parse(Text, "disturbed.yaml").Expand().Sum(trial => StudySize.Steps(trial.Settings));
        var random = new RandomStream(seed, StreamPurpose.Probe, 0);
        // In the order of the moments, each at a random count of recorded steps and then up to half a second later, in the middle of anything.
        var moments = Enumerable.Range(0, Kills).Select(_ => (long)(random.NextDouble() * 0.9 * total)).Order().ToList();
        foreach (long moment in moments)
        {
            using var process = study.Start("--workers", $"{Workers}");
            Assert.True(process.Reaches(() => study.Recorded >= moment), "The study ended before all kills were done.");
            Assert.True(process.RunsFor(TimeSpan.FromSeconds(0.5 * random.NextDouble())), "The study ended before all kills were done.");
            process.Kill();
        }

        Assert.True(study.Trials.Sum(trial => trial.Trial.Attempts) > Kills);
        using (var last = study.Start("--workers", $"{Workers}"))
        {
            last.MustEndWell();
        }

        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Complete, trial.Trial.State));
        Assert.Equal("ok", study.Store.Writer.Scalar("PRAGMA integrity_check"));
        Assert.Equal(ProcessStudy.Undisturbed(Text, Numbers), Numbers(study.Store));
    }

    /// <summary>What is stored, and the parameters that are kept beside it: of the best epoch, of those that are asked for, and the last ones.</summary>
    static string Numbers(SqliteStudyStore store)
    {
        var checkpoints = CheckpointFolder.Beside(store.Location);
        return StoreDump.Of(store, "disturbed") + string.Concat(store.Trials("disturbed").SelectMany(trial => Files(trial.Trial.Id)).Select(Digest));

        IEnumerable<string> Files(string trial) =>
            [checkpoints.BestFile(trial), checkpoints.EpochFile(trial, 10), checkpoints.EpochFile(trial, 40), checkpoints.FinalFile(trial)];
    }

    static string Digest(string file) => string.Concat(CheckpointFile.Read(file).Arrays.OrderBy(array => array.Name, StringComparer.Ordinal)
        .Select(array => $"{Path.GetFileName(file)} {array.Name} {Convert.ToHexStringLower(SHA256.HashData(array.Bytes.Span))}\n"));
}
