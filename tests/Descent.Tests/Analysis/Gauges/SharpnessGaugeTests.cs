using Descent.Analysis;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Schedules;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.Analysis.Gauges;

/// <summary>The recorded sharpness against the spectrum that is computed anew at the same parameters.</summary>
public class SharpnessGaugeTests
{
    const int Images = 300;

    /// <summary>The sharpness moves, and each search starts from the one before.</summary>
    [Theory]
    [InlineData("sgd", 0.3, 2.0)]
    [InlineData("adam", 0.01, 38.0)]
    [InlineData("amsgrad", 0.01, 38.0)]
    [InlineData("rmsprop", 0.003, 2.0)]
    public void EachReadingIsThatOfAFreshSpectrum(string rule, double rate, double limit)
    {
        var optimizer = OptimizerCatalog.Default.Create(rule, new Dictionary<string, object> { ["learning_rate"] = rate });
        var settings = DigitsTraining.Settings with
        {
            Optimizer = optimizer,
            BatchSize = Images,
            Steps = 120,
            EvaluateEvery = long.MaxValue,
            Gauges = [new SharpnessGauge(8, 0, Images - 1)],
        };
        var told = DigitsTraining.Run(settings, precision: "float64", isCheckpointDue: step => step % 40 == 0).Told;
        foreach (var checkpoint in told.Checkpoints)
        {
            var reading = told.Readings.Single(x => x.Step == checkpoint.Step);
            double[]? diagonal = Preconditioner.Diagonal(optimizer, settings.Model, checkpoint.Arrays, checkpoint.Step);
            double plain = Fresh(settings, checkpoint, null), compared = diagonal is null ? plain : Fresh(settings, checkpoint, diagonal);
            Assert.Equal(1, reading.Value("sharpness") / plain, 1e-4);
            Assert.Equal(diagonal is not null, reading.Metrics.Contains("preconditioned_sharpness"));
            Assert.Equal(1, reading.Value(diagonal is null ? "sharpness" : "preconditioned_sharpness") / compared, 1e-4);
            Assert.Equal(limit / rate, reading.Value("stability_limit"), 1e-9 / rate);
            Assert.Equal(compared * rate / limit, reading.Value("sharpness_ratio"), 1e-3);
            Assert.InRange(reading.Value("sharpness_residual"), 0, 1e-3);
        }

        Assert.Equal(3, told.Checkpoints.Count);
        // Warm searches are shorter than the first one.
        Assert.InRange(told.Readings.Skip(4).Average(x => x.Value("hessian_products")), 1, 2 * told.Readings[0].Value("hessian_products"));
        // Before its first step an adaptive rule has nothing to divide by.
        Assert.Equal(rule != "sgd", double.IsNaN(told.Readings[0].Value("sharpness_ratio")));
    }

    /// <summary>A limit follows the learning rate of the step: half of it, twice the limit.</summary>
    [Fact]
    public void TheLimitFollowsTheSchedule()
    {
        var settings = DigitsTraining.Settings with
        {
            Optimizer = new Sgd(LearningRate: 0.1, Momentum: 0.9, WeightDecay: 0.5),
            Steps = 4,
            Schedule = new SchedulePlan(new ExponentialDecay(1, 0.5), 0, "step"),
            Gauges = [new SharpnessGauge(1, 0, 99)],
        };
        var told = DigitsTraining.Run(settings).Told;
        Assert.Equal([0.1, 0.05, 0.025, 0.0125], told.Steps.Select(x => Math.Round(x.LearningRate, 12)));
        Assert.Equal([37.5, 37.5, 75.5, 151.5, 303.5], told.Readings.Select(x => Math.Round(x.Value("stability_limit"), 9)));
    }

    /// <summary>Of rules whose limit has no closed form the own step on a quadratic says it: the look-ahead form of Nesterov's momentum has that of PyTorch's.</summary>
    [Fact]
    public void RulesWithoutAClosedFormAreMeasuredByTheirOwnStep()
    {
        double own = First(new NesterovLookahead(LearningRate: 0.1, Momentum: 0.9)).Value("stability_limit");
        Assert.Equal(2 * 1.9 / (2.8 * 0.1), own, 1e-6);
        Assert.DoesNotContain("stability_limit", First(new Lion()).Metrics);
        Assert.DoesNotContain("stability_limit", First(new AdaBelief()).Metrics);
        Assert.DoesNotContain("stability_limit", First(new RmsProp(Centered: true)).Metrics);

        static GaugeReading First(IOptimizer rule) =>
            DigitsTraining.Run(DigitsTraining.Settings with { Optimizer = rule, Steps = 0, Gauges = [new SharpnessGauge(1, 0, 49)] }).Told.Readings.Single();
    }

    /// <summary>Groups that differ in weight decay alone move by one rule, others do not.</summary>
    [Fact]
    public void GroupsWithRatesOfTheirOwnHaveNoLimit()
    {
        Assert.Contains("stability_limit", First("weight_decay", 0.1));
        Assert.DoesNotContain("stability_limit", First("learning_rate", 0.1));

        static IReadOnlyList<string> First(string key, double value) => DigitsTraining.Run(DigitsTraining.Settings with
        {
            Optimizer = new Adam(),
            ParameterGroups = [new(new() { Names = ["fc1.*"] }, new Dictionary<string, object> { [key] = value })],
            Steps = 0,
            Gauges = [new SharpnessGauge(1, 0, 49)],
        }).Told.Readings.Single().Metrics;
    }

    [Fact]
    public void ImagesThatAreNotThereAreRefused() => Assert.Contains("range lies in 0-1436",
        Assert.Throws<BadInputException>(() => DigitsTraining.Run(DigitsTraining.Settings with { Gauges = [new SharpnessGauge(1, 0, 1437)] })).Message, StringComparison.Ordinal);

    static double Fresh(TrainingSettings settings, Checkpoint checkpoint, double[]? diagonal)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<double>(settings.Model.Parameters);
        Descent.Formats.WeightsFile.Load(new Descent.Formats.WeightsContent("checkpoint", checkpoint.Arrays), parameters);
        using var surface = new LossSurface<double>(executor, settings.Model, parameters, DigitsTraining.Data.Train.Range(0, Images - 1), DigitsTraining.Data.Normalization, Mode.Evaluation);
        var wanted = new SpectrumSettings { Top = 1, Smallest = 0, Tolerance = 1e-9, Probes = 2, Seed = 99 };
        var token = TestContext.Current.CancellationToken;
        return (diagonal is null ? HessianAnalysis.Spectrum(executor, surface, wanted, token) : HessianAnalysis.PreconditionedSpectrum(executor, surface, diagonal, wanted, token)).Largest[0].Value;
    }
}
