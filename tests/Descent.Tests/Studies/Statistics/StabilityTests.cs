using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Statistics;

public class StabilityTests
{
    static TrialResult Trial(TrialState state, params double[] accuracies) => new()
    {
        Id = "a",
        Optimizer = "sgd",
        Settings = [],
        Seed = 0,
        State = state,
        Epochs = [.. accuracies.Select((accuracy, epoch) => new EpochPoint(epoch, epoch, 1, 1, 1, accuracy))],
    };

    /// <summary>Numpy: std([0.5, 0.52, 0.54], ddof=1) is 0.02; epoch 0 does not count, nor do epochs before the last third, or the last ten.</summary>
    [Fact]
    public void TheDeviationIsThatOfTheLastEpochs()
    {
        double[] learning = [.. Enumerable.Range(1, 6).Select(i => 0.05 * i)];
        Assert.Equal(0.02, Stability.DeviationOf(Trial(TrialState.Complete, [0.1, .. learning, 0.5, 0.52, 0.54]), HeldOut.Test)!.Value, 1e-12);
        double[] calm = [.. Enumerable.Repeat(0.9, 10)], before = [.. Enumerable.Range(0, 30).Select(i => 0.01 * i)];
        Assert.Equal(0, Stability.DeviationOf(Trial(TrialState.Complete, [.. before, .. calm]), HeldOut.Test)!.Value, 1e-12);
        Assert.Null(Stability.DeviationOf(Trial(TrialState.Complete, 0.1, 0.5, 0.9), HeldOut.Test));
    }

    [Fact]
    public void TheVerdictIsThatOfTheWorstTrial()
    {
        var calm = Trial(TrialState.Complete, 0.1, 0.3, 0.4, 0.5, 0.9, 0.91, 0.9);
        var wild = Trial(TrialState.Complete, 0.1, 0.5, 0.9, 0.5, 0.9, 0.5, 0.9);
        Assert.Equal(StabilityVerdict.Stable, Of(calm, calm));
        Assert.Equal(StabilityVerdict.Unstable, Of(calm, wild));
        Assert.Equal(StabilityVerdict.Diverged, Of(calm, wild, Trial(TrialState.Diverged, 0.1)));
        Assert.Equal(StabilityVerdict.Unknown, Of(Trial(TrialState.Waiting)));

        static StabilityVerdict Of(params TrialResult[] trials) => Stability.Of(trials, HeldOut.Test).Verdict;
    }
}
