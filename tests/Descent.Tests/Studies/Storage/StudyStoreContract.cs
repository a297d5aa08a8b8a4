using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Definition;
using Descent.Training;

namespace Descent.Tests.Studies.Storage;

/// <summary>The rules of <see cref="IStudyStore"/> on studies and claims, for any store.</summary>
public abstract class StudyStoreContract : IDisposable
{
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    static readonly TrialEnvironment here = new("host", "cpu", "os", 4, 256, ".NET 10", "1.0", "abc");

    readonly ManualTime time = new();
    readonly Lazy<IStudyStore> store;

    protected StudyStoreContract() => store = new(() => Open(time));

    protected IStudyStore Store => store.Value;

    /// <summary>A new handle on the one store of this test.</summary>
    protected abstract IStudyStore Open(TimeProvider time);

    public virtual void Dispose()
    {
        store.Value.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void AStudyIsReadBackWithItsTrialsInOrder()
    {
        var (study, trials) = Save("seeds=2,0,1", "question=Why?", "target=0.5");

        var stored = Store.Study("study")!;
        Assert.Equal(("study", "Why?", "digits-mlp", 0.5), (stored.Name, stored.Question, stored.Workload, stored.Target));
        Assert.Equal((study.ToYaml(), time.GetUtcNow(), time.GetUtcNow()), (stored.Definition, stored.CreatedAt, stored.ChangedAt));
        Assert.Equal([stored], Store.Studies());
        Assert.Equal(trials.Select(trial => (trial.Id, trial.Label)), Store.Trials("study").Select(trial => (trial.Trial.Id, trial.Label)));
        Assert.Equal(trials[0].Settings, Store.Trials("study")[0].Trial.Settings);
        Assert.All(Store.Trials("study"), trial =>
            Assert.Equal((TrialState.Waiting, 0, 0L), (trial.Trial.State, trial.Trial.Attempts, trial.Trial.Steps)));
    }

    [Fact]
    public void WhatTheStudyTellsOfATrialIsReadBackInOrder()
    {
        _ = Save("optimizer.beta2=0.5", "optimizer.learning_rate=0.1");

        Assert.Equal([new Setting("beta2", "0.5"), new Setting("learning_rate", "0.1")], Store.Trials("study").Single().Told);
    }

    [Fact]
    public void WhatIsNotThereIsEmptyOrNull()
    {
        Assert.Null(Store.Study("none"));
        Assert.Empty(Store.Trials("none"));
        Assert.Null(Store.Trial("none"));
        Assert.Null(Store.Claim("none", Alive(1), here, Lease));
        Assert.Empty(Store.Epochs("none"));
        Assert.Equal(0, Store.Steps("none").Count);
        Assert.Equal($"There is no study \"studi\" in {Store.Location}.", Refusal(() => Store.Delete("studi")));
    }

    [Fact]
    public void ADefinitionThatChangesKeepsWhatIsStored()
    {
        var (_, trials) = Save("seeds=0,1,2");
        var claim = Claim(trials[1]);
        Store.End(claim, new TrialEnding(TrialState.Complete, 0, 0));
        time.Advance(TimeSpan.FromHours(1));

        _ = Save("seeds=0");
        Assert.Equal([trials[0].Id], Store.Trials("study").Select(trial => trial.Trial.Id));
        Assert.Equal(TrialState.Complete, Store.Trial(trials[1].Id)!.State);
        Assert.NotNull(Store.Claim(trials[2].Id, Alive(1), here, Lease));
        Assert.Equal(TimeSpan.FromHours(1), Store.Study("study")!.ChangedAt - Store.Study("study")!.CreatedAt);

        _ = Save("seeds=0,1");
        Assert.Equal([TrialState.Waiting, TrialState.Complete], Store.Trials("study").Select(trial => trial.Trial.State));
    }

    [Fact]
    public void StudiesShareTrialsAndDeletingOneLeavesTheOthers()
    {
        var (_, trials) = Save("seeds=0,1", "name=first");
        _ = Save("seeds=1,2", "name=second");

        Assert.Equal([trials[0].Id], Store.Delete("first"));
        Assert.Null(Store.Study("first"));
        Assert.Null(Store.Trial(trials[0].Id));
        Assert.Equal(2, Store.Trials("second").Count);
    }

    [Fact]
    public void AStudyThatRunsIsNotDeleted()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);

        Assert.Equal("The study \"study\" is being run; stop it first.", Refusal(() => Store.Delete("study")));
        Store.Release(claim);
        Assert.Equal([trials[0].Id], Store.Delete("study"));
    }

    [Fact]
    public void ATrialIsClaimedByOneAtATime()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);

        Assert.Equal((TrialState.Waiting, 1L), (claim.Previous.State, claim.Fence));
        Assert.Null(Store.Claim(trials[0].Id, Alive(2), here, Lease));
        var running = Store.Trial(trials[0].Id)!;
        Assert.Equal((TrialState.Running, 1, Alive(1), here), (running.State, running.Attempts, running.Owner, running.Environment));
        Assert.Equal(time.GetUtcNow(), running.StartedAt);
    }

    [Fact]
    public void ALeaseThatEndedIsReplacedAndTheOldClaimWritesNothingMore()
    {
        var (_, trials) = Save();
        var old = Claim(trials[0]);
        time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Null(Store.Claim(trials[0].Id, Alive(2), here, Lease));
        time.Advance(TimeSpan.FromMilliseconds(1));

        var claim = Store.Claim(trials[0].Id, Alive(2), here, Lease)!;

        Assert.Equal(2, claim.Fence);
        _ = Assert.Throws<ClaimLostException>(() => Store.Record(old, Points(1, 5), default));
        _ = Assert.Throws<ClaimLostException>(() => Store.End(old, new TrialEnding(TrialState.Complete, 5, 5)));
        _ = Assert.Throws<ClaimLostException>(() => Store.Release(old));
        Assert.Equal([old], Store.Renew([old, claim], Lease));
        Assert.Equal((TrialState.Running, 0L), (Store.Trial(trials[0].Id)!.State, Store.Trial(trials[0].Id)!.Steps));
        Assert.Equal(0, Store.Steps(trials[0].Id).Count);
    }

    [Fact]
    public void ALeaseThatEndedButWasNotReplacedStillHolds()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        time.Advance(2 * Lease);

        Store.Record(claim, Points(1, 5), default);
        Assert.Empty(Store.Renew([claim], Lease));
        Assert.Null(Store.Claim(trials[0].Id, Alive(2), here, Lease));
        Store.End(claim, new TrialEnding(TrialState.Complete, 5, 5));
        Assert.Equal(TrialState.Complete, Store.Trial(trials[0].Id)!.State);
    }

    [Fact]
    public void TheTrialOfAProcessThatIsGoneIsClaimedAtOnce()
    {
        var (_, trials) = Save();
        var gone = TrialOwner.Current with { Started = TrialOwner.Current.Started - 1000 };
        Assert.NotNull(Store.Claim(trials[0].Id, gone, here, Lease));

        Assert.Equal(2, Claim(trials[0]).Fence);
    }

    [Theory]
    [InlineData(TrialState.Complete, false)]
    [InlineData(TrialState.Pruned, true)]
    [InlineData(TrialState.Diverged, false)]
    [InlineData(TrialState.Failed, true)]
    public void AResultIsFinalAndAFailureIsNot(TrialState state, bool isClaimable)
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        time.Advance(TimeSpan.FromSeconds(3));
        Store.End(claim, new TrialEnding(state, 0, 0) { Reason = "why", DivergedAtStep = 4, ParametersHash = "ff" });

        var trial = Store.Trial(trials[0].Id)!;
        Assert.Equal((state, "why", 4L, "ff", time.GetUtcNow()),
            (trial.State, trial.Reason, trial.DivergedAtStep, trial.ParametersHash, trial.EndedAt));
        Assert.Null(trial.Owner);
        Assert.Equal(isClaimable, Store.Claim(trials[0].Id, Alive(1), here, Lease) is not null);
        Assert.Equal(!isClaimable, Store.Trial(trials[0].Id)!.EndedAt is not null);
    }

    [Fact]
    public void AReleasedTrialWaitsWithWhatWasRecorded()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        Store.Record(claim, Points(1, 5), default);
        Store.Release(claim);

        Assert.Equal((TrialState.Waiting, 5L, 1),
            (Store.Trial(trials[0].Id)!.State, Store.Trial(trials[0].Id)!.Steps, Store.Trial(trials[0].Id)!.Attempts));
        Assert.Equal((5L, 2L), (Claim(trials[0]) is var again ? again.Previous.Steps : 0, again.Fence));
    }

    [Fact]
    public void ManyThreadsAndHandlesClaimEachTrialOnce()
    {
        var (_, trials) = Save("seeds=[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]");
        using var second = Open(time);
        int claims = 0;

        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            foreach (var trial in trials)
            {
                _ = Interlocked.Add(ref claims, (i % 2 == 0 ? Store : second).Claim(trial.Id, Alive(i), here, Lease) is null ? 0 : 1);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(trials.Count, claims);
        Assert.All(Store.Trials("study"), trial => Assert.Equal(1, trial.Trial.Attempts));
    }

    protected (StudyDefinition Study, IReadOnlyList<PlannedTrial> Trials) Save(params string[] sets)
    {
        var study = StudyText.Parse(StudyText.Smallest, sets);
        var trials = study.Expand();
        Store.Save(study, trials);
        return (study, trials);
    }

    protected TrialClaim Claim(PlannedTrial trial) => Store.Claim(trial.Id, Alive(1), here, Lease)!;

    protected static TrialPoints Points(long first, int count, params EpochRecord[] epochs) => new(first,
        Enumerable.Range(0, count).Select(i => 1.0 / (first + i)).ToArray(),
            Enumerable.Range(0, count).Select(i => (double)(first + i)).ToArray(),
        epochs, StepsPerEpoch: 10);

    /// <summary>A process of which nothing is known, so that its lease counts.</summary>
    static TrialOwner Alive(int id) => new("another-machine", id, 0);

    static string Refusal(Func<object> action) => Assert.Throws<BadInputException>(action).Message;
}
