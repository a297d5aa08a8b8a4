using Descent.Studies.Running;
using Descent.Tests.Studies.Definition;

namespace Descent.Tests.Studies.Running;

public class StudyPlanTests
{
    static readonly WorkloadTrainings trainings = new(new("unused"), TimeProvider.System);

    [Fact]
    public void ItSaysWhatRunningWouldDo()
    {
        var plan = Plan("seeds=0,1", "epochs=3");

        // UCI digits: 1,797 images, some of them drawn as the test part; 64-64-10 has 64·64 + 64 + 64·10 + 10 parameters.
        Assert.Equal((2, 0, 0, 4810L), (plan.Trials, plan.Done, plan.HalfDone, plan.Parameters));
        Assert.Equal(1797, plan.TrainImages + plan.TestImages);
        Assert.Equal((plan.TrainImages + 31) / 32, plan.BatchesPerEpoch);
        Assert.Equal(3 * plan.BatchesPerEpoch, plan.StepsPerTrial);
        Assert.Equal(1, plan.Workers);
    }

    [Fact]
    public void ItSeesWhatIsDone()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2");
        fixture.RunUntil(seed: 1, step: 15);

        var plan = StudyPlan.Of(fixture.Study, trainings, fixture.Store, RunnerFixture.Options);

        Assert.Equal((3, 1, 1), (plan.Trials, plan.Done, plan.HalfDone));
    }

    [Fact]
    public void EstimatesGrowWithWhatTheyAreOf()
    {
        var plan = Plan();

        Assert.True(Plan("model.hidden=[2000,2000]").MemoryBytes > plan.MemoryBytes + (4_000_000 * 4 * 4));
        Assert.True(Plan("precision=float64").MemoryBytes > plan.MemoryBytes);
        Assert.Equal(plan.DiskBytes - (4810 * sizeof(float)), Plan("final_checkpoint=delete").DiskBytes);
        Assert.True(Plan("epochs=40").DiskBytes - plan.DiskBytes >= 20 * plan.BatchesPerEpoch * 16);
    }

    [Fact]
    public void WhatRunningWouldRefuseIsRefused() => Assert.StartsWith("batch_size must lie in 1-",
        Assert.Throws<BadInputException>(() => Plan("batch_size=5000")).Message, StringComparison.Ordinal);

    static StudyPlan Plan(params string[] sets) =>
        StudyPlan.Of(StudyText.Parse(StudyText.Smallest, sets), trainings, null, new RunOptions { Workers = 1 });
}
