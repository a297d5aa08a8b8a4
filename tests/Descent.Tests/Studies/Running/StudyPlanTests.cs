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
        Assert.Equal((plan.TrainImages + 31) / 32, plan.Steps[0].BatchesPerEpoch);
        Assert.Equal(3 * plan.Steps[0].BatchesPerEpoch, plan.Steps[0].Steps);
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
        Assert.True(Plan("epochs=40").DiskBytes - plan.DiskBytes >= 20 * plan.Steps[0].BatchesPerEpoch * 16);
    }

    /// <summary>Readings before the first step and after each hundred of a thousand, on fifty images, of Adam two sharpnesses each.</summary>
    [Fact]
    public void GaugesCountAsImagesAndMemory()
    {
        var (plain, gauged) = (Plan("steps=1000"), Plan("steps=1000", "gauges={ sharpness: { every: 100, data: train:0-49 } }"));

        Assert.Equal((0, 11 * 2 * 15 * 3 * 50), (plain.Missing.GaugedImages, gauged.Missing.GaugedImages));
        Assert.True(gauged.MemoryBytes > plain.MemoryBytes + (60 * 4810 * sizeof(float)));
        Assert.Equal(plain.DiskBytes + (4810 * 2 * sizeof(float)), Plan("steps=1000", "final_checkpoint=state").DiskBytes);
    }

    [Fact]
    public void TrialsWithBatchesOfTheirOwnAreCountedApart()
    {
        var plan = Plan("batch_size=[100%, 32]", "physical_batch=500", "epochs=3", "seeds=0,1", "validation=37");

        Assert.Equal([new PlannedSteps(32, 32, 44, 132, 2), new PlannedSteps(1400, 500, 1, 3, 2)], plan.Steps);
        Assert.Equal(4 * 3 * 1400, plan.Missing.TrainedImages);
        Assert.Equal(4 * 4 * 1797, plan.Missing.MeasuredImages);
    }

    [Fact]
    public void DrawsWithReplacementAndSamplesAreCountedAsTheyAre()
    {
        var plan = Plan("batch_size=100", "order=replacement", "epochs=2", "evaluate={ train: 50, test: 1000000, every: 500 }");

        Assert.Equal([new PlannedSteps(100, 100, 14, 28, 1)], plan.Steps);
        Assert.Equal(new StudySize(2800, (1 + 5) * (50 + 360)), plan.Missing);
    }

    [Fact]
    public void WhatRunningWouldRefuseIsRefused() => Assert.StartsWith("batch_size must lie in 1-",
        Assert.Throws<BadInputException>(() => Plan("batch_size=5000")).Message, StringComparison.Ordinal);

    static StudyPlan Plan(params string[] sets) =>
        StudyPlan.Of(StudyText.Parse(StudyText.Smallest, sets), trainings, null, new RunOptions { Workers = 1 });
}
