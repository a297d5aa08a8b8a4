using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

public class ProcessorSharesTests
{
    readonly ManualTime time = new();
    TimeSpan processor = TimeSpan.FromSeconds(100);

    [Fact]
    public void TimeIsSharedEvenlyAmongThoseInFlight()
    {
        var shares = new ProcessorShares(time, () => processor);
        Pass(wall: 5, busy: 5);
        using var first = shares.Join();
        Pass(wall: 4, busy: 8);
        var second = shares.Join();
        Pass(wall: 3, busy: 6);
        Assert.Equal(new TrialClock(7, 11, 3), first.Take());
        Assert.Equal(new TrialClock(3, 3, 3), second.Take());
        second.Dispose();
        Pass(wall: 1, busy: 2);
        Assert.Equal(new TrialClock(1, 2, 0), first.Take());
    }

    void Pass(double wall, double busy)
    {
        time.Advance(TimeSpan.FromSeconds(wall));
        processor += TimeSpan.FromSeconds(busy);
    }
}
