using Descent.App.Live;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.App;

public class SeveralObserversTests
{
    static readonly Checkpoint checkpoint = new(3, [], new Dictionary<string, string>());

    [Fact]
    public void EachGetsTheCheckpointsThatItAsksForAndThatOfAStop()
    {
        RecordingObserver odd = new(step => step % 2 == 1), even = new(step => step % 2 == 0), never = new(_ => false);
        ITrainingObserver all = new SeveralObservers(odd, even, never);

        Assert.True(all.IsCheckpointDue(3, isEpochEnd: false));
        all.OnCheckpoint(checkpoint);
        Assert.Equal((1, 0, 0), (odd.Checkpoints.Count, even.Checkpoints.Count, never.Checkpoints.Count));

        all.OnCheckpoint(checkpoint);
        Assert.Equal((2, 1, 1), (odd.Checkpoints.Count, even.Checkpoints.Count, never.Checkpoints.Count));
        Assert.False(((ITrainingObserver)new SeveralObservers(never)).IsCheckpointDue(3, isEpochEnd: true));
    }

    [Fact]
    public void AReadingIsToldToAll()
    {
        RecordingObserver first = new(_ => false), second = new(_ => false);
        ITrainingObserver all = new SeveralObservers(first, second);
        all.OnGauge(new("gradients", 1, ["a"], [2], 0));
        Assert.Equal(first.Readings.Single(), second.Readings.Single());
    }
}
