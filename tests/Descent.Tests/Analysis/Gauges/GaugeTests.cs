using Descent.Analysis;
using Descent.Optimizers;
using Descent.Tensors.Kernels;
using Descent.Tests.Studies.Storage;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.Analysis.Gauges;

/// <summary>Gauges look and change nothing.</summary>
public class GaugeTests
{
    [Theory]
    [InlineData("digits")]
    [InlineData("images")]
    [InlineData("twice")]
    public void ATrainingHasTheSameBitsWithAndWithoutThem(string kind)
    {
        var (outcome, told) = GaugedTrainings.Run(kind, []);
        var (gauged, read) = GaugedTrainings.Run(kind, GaugedTrainings.All);

        Assert.Equal(outcome.ParametersHash, gauged.ParametersHash);
        Assert.Equal(told.Steps, read.Steps);
        Assert.Equal(told.EpochNumbers, read.EpochNumbers);
        Assert.Equal((outcome.GradientEvaluations, outcome.HessianProducts), (gauged.GradientEvaluations, gauged.HessianProducts));
        Assert.Empty(told.Readings);
        long[] expected = [.. Enumerable.Range(0, (int)outcome.Steps + 1).Select(x => (long)x)];
        Assert.Equal(expected.Where(step => step == 1 || (step > 0 && step % 4 == 0)), read.Readings.Where(x => x.Gauge == "gradients").Select(x => x.Step));
        Assert.Equal(expected.Where(step => step % 5 == 0), read.Readings.Where(x => x.Gauge == "sharpness").Select(x => x.Step));
        Assert.Equal(expected.Where(step => step % 3 == 0), read.Readings.Where(x => x.Gauge == "activations").Select(x => x.Step));
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("images")]
    public void AResumedTrainingHasTheSameReadingsToTheBit(string kind)
    {
        var whole = GaugedTrainings.Run(kind, GaugedTrainings.All, isCheckpointDue: step => step is 3 or 5 or 8).Told;
        Assert.Equal(3, whole.Checkpoints.Count);
        foreach (var checkpoint in whole.Checkpoints)
        {
            var rest = GaugedTrainings.Run(kind, GaugedTrainings.All, from: checkpoint).Told;
            Assert.NotEmpty(rest.Readings);
            Assert.Equal(GaugedTrainings.Bits(whole.Readings.Where(x => x.Step > checkpoint.Step)), GaugedTrainings.Bits(rest.Readings));
        }
    }

    [Fact]
    public void ReadingsHaveTheSameBitsForAnyNumberOfThreads() =>
        Assert.Equal(GaugedTrainings.Bits(GaugedTrainings.Run("images", GaugedTrainings.All).Told.Readings),
            GaugedTrainings.Bits(GaugedTrainings.Run("images", GaugedTrainings.All, threads: 2).Told.Readings));

    /// <summary>Between two readings, and at a reading of gradients but for what is told of it.</summary>
    [Fact]
    public void StepsThatAreNotDueAllocateNothing()
    {
        var settings = DigitsTraining.Settings with { Gauges = [new GradientGauge(1_000_000), new SharpnessGauge(1_000_000, 0, 99), new ActivationGauge(1_000_000, 0, 99)] };
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Descent.Tensors.Parameters<float>(settings.Model.Parameters);
        using var optimizer = new OptimizerRun<float>(settings.Optimizer, parameters, executor);
        using var gauges = new TrainingGauges<float>(new(executor, settings, DigitsTraining.Data, parameters, optimizer), TimeProvider.System);
        var told = new RecordingObserver(_ => false);
        long step = 2;
        Assert.Equal(0, Allocated.BySteadyRuns(() =>
        {
            gauges.BeforeStep(step);
            gauges.AtGradient(step);
            gauges.AfterStep(step++, 1, told);
        }));
        Assert.Empty(told.Readings);
    }

    /// <summary>Of gradient descent the step says both: Δw = −η·g. The numbers of each step come from the checkpoints around it, in double.</summary>
    [Fact]
    public void NormsAndRatiosAreThoseOfTheStep()
    {
        const double Rate = 0.05;
        var settings = DigitsTraining.Settings with { Steps = 9, Optimizer = new Sgd(LearningRate: Rate), Gauges = [new GradientGauge(3)], PhysicalBatch = 20 };
        var told = DigitsTraining.Run(settings, precision: "float64", isCheckpointDue: _ => true).Told;
        var points = told.Checkpoints.ToDictionary(x => x.Step, x => x.Arrays.ToDictionary(array => array.Name, array => array.Values<double>().ToArray()));

        Assert.Equal([1, 3, 6, 9], told.Readings.Select(x => x.Step));
        foreach (var reading in told.Readings.Where(x => x.Step is 3 or 6))
        {
            Assert.Equal(["gradient_norm.fc1.weight", "gradient_norm.fc2.weight", "update_ratio.fc1.weight", "update_ratio.fc2.weight"], reading.Metrics);
            foreach (string weight in (string[])["fc1.weight", "fc2.weight"])
            {
                var (before, after) = (points[reading.Step - 1][weight], points[reading.Step][weight]);
                double moved = Math.Sqrt(before.Zip(after, (a, b) => (a - b) * (a - b)).Sum()), length = Math.Sqrt(before.Sum(x => x * x));
                Assert.Equal(moved / Rate, reading.Value($"gradient_norm.{weight}"), 1e-9);
                Assert.Equal(moved / length, reading.Value($"update_ratio.{weight}"), 1e-12);
            }
        }
    }

    /// <summary>From the checkpoints, in double: units whose sum is above zero for no image. At this rate two thirds of them die; the images are no multiple of a batch.</summary>
    [Theory]
    [InlineData(0, 1436)]
    [InlineData(5, 5)]
    public void DeadUnitsAreThoseThatNoImageMakesPositive(int first, int last)
    {
        var settings = DigitsTraining.Settings with { Steps = 9, Optimizer = new Sgd(LearningRate: 3), Gauges = [new ActivationGauge(3, first, last)] };
        var told = DigitsTraining.Run(settings, precision: "float64", isCheckpointDue: _ => true).Told;
        var points = told.Checkpoints.ToDictionary(x => x.Step, x => x.Arrays.ToDictionary(array => array.Name, array => array.Values<double>().ToArray()));
        var train = DigitsTraining.Data.Train.Range(first, last);

        Assert.Equal([0, 3, 6, 9], told.Readings.Select(x => x.Step));
        foreach (var reading in told.Readings.Where(x => x.Step > 0))
        {
            var (weight, bias) = (points[reading.Step]["fc1.weight"], points[reading.Step]["fc1.bias"]);
            int dead = Enumerable.Range(0, 64).Count(unit => train.Indices.ToArray().All(image =>
                bias[unit] + Enumerable.Range(0, 64).Sum(i => weight[(64 * unit) + i] * train.Images.Image(image)[i] / 16) <= 0));
            Assert.Equal("dead_units.relu1", Assert.Single(reading.Metrics));
            Assert.Equal(dead / 64.0, Assert.Single(reading.Values));
        }

        Assert.InRange(told.Readings[^1].Values[0], 0.2, 1);
    }

    [Fact]
    public void ANetWithoutReluHasNoDeadUnits()
    {
        var settings = DigitsTraining.Settings with
        {
            Model = Descent.Workloads.WorkloadCatalog.Find("digits-mlp").CreateModel(new Dictionary<string, string> { ["activation"] = "tanh" }),
            Gauges = [new ActivationGauge(3, 0, 9)],
        };
        Assert.Equal("gauges: activations: the model has no ReLU, whose units could be dead.", Assert.Throws<BadInputException>(() => DigitsTraining.Run(settings)).Message);
    }

    /// <summary>A clock that stands still but for the gauge: its seconds are those of the reading, none of the training.</summary>
    [Fact]
    public void TheirTimeIsNotTheTrainings()
    {
        var time = new ManualTime();
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(DigitsTraining.Settings with { Steps = 45, Gauges = [new Slow(time)] }, DigitsTraining.Data, "float32", executor, time);
        var told = new RecordingObserver(_ => false);
        _ = run.Run(told, TestContext.Current.CancellationToken);

        Assert.All(told.Epochs, epoch => Assert.Equal(0, epoch.Seconds));
        Assert.Equal([(10, 7.0), (20, 7), (30, 7), (40, 7)], told.Readings.Select(x => ((int)x.Step, x.Seconds)));
    }

    sealed record Slow(ManualTime Time) : IGauge
    {
        public string Name => "slow";

        public IGaugeRun<T> Start<T>(GaugedTraining<T> training) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => new Run<T>(Time);

        sealed class Run<T>(ManualTime time) : IGaugeRun<T> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            public IReadOnlyList<string> Metrics => ["nothing"];

            public bool IsDue(long step) => step > 0 && step % 10 == 0;

            public void BeforeStep() => time.Advance(TimeSpan.FromSeconds(1));

            public void AtGradient() => time.Advance(TimeSpan.FromSeconds(2));

            public void Measure(long step, double scheduleFactor, Span<double> values) => time.Advance(TimeSpan.FromSeconds(4));

            public void Dispose()
            {
            }
        }
    }
}
