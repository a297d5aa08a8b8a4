using Descent.Data;
using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Studies.Results;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Tests.Studies.Definition;
using Descent.Training;

namespace Descent.Tests.Studies.Running;

/// <summary>What <c>evaluate: { parameters: true }</c> adds.</summary>
public class ParameterMeasureTests
{
    /// <summary>Within 3 % of √(2/fan_in) and of the scale in the first two layers, the mean over the seeds, and each seed by the course's own measure
    /// |x − y| / (|x| + |y|) &lt; 0.03. The second layer has 2,500 values: one seed alone scatters by 1/√5000 = 1.4 % of it.</summary>
    [Theory]
    [InlineData("he()", 0.0255155, 0.2)]
    [InlineData("normal(scale=0.01)", 0.01, 0.01)]
    [InlineData("zero()", 0, 0)]
    public void WeightsScatterAtTheStartAsTheirSchemeSays(string scheme, double first, double second)
    {
        var trainings = new WorkloadTrainings(new("unused"), TimeProvider.System)
        {
            Read = set => GeneratedData.Like(DataCatalog.Find(set), train: 5000, test: 10),
        };
        var trials = StudyFile.Load("initialization").Expand().Where(trial => trial.Settings.Initialization.StartsWith(scheme[..2], StringComparison.Ordinal)).ToList();
        Assert.Equal(3, trials.Count);
        var deviations = new List<(double First, double Second)>();
        foreach (var trial in trials)
        {
            using var pool = new WorkerPool(1);
            using var executor = pool.CreateExecutor();
            using var run = trainings.Create(trial.Settings, executor);
            var weights = run.WeightDeviations();
            Assert.Equal(Enumerable.Range(1, 11).Select(i => $"fc{i}.weight"), weights.Select(weight => weight.Name));
            deviations.Add((weights[0].Deviation, weights[1].Deviation));
            Assert.InRange(Math.Abs(first - weights[0].Deviation), 0, 0.03 * (first + weights[0].Deviation));
            Assert.InRange(Math.Abs(second - weights[1].Deviation), 0, 0.03 * (second + weights[1].Deviation));
        }

        Assert.Equal(first, deviations.Average(one => one.First), 0.03 * first);
        Assert.Equal(second, deviations.Average(one => one.Second), 0.03 * second);
    }

    /// <summary>Where all weights are zero, so are their gradients and that of the hidden bias; that of the last bias is the mean of p − y, with p = 1/10.</summary>
    [Fact]
    public void TheMeanOverTheParametersOfTheirGradientsNormsIsWhatItIsWithZeroWeights()
    {
        var study = StudyText.Parse(StudyText.Smallest, "initialization=zero", "batch_size=1437", "order=file", "steps=1", "evaluate={ parameters: true }");
        var trainings = new WorkloadTrainings(new("unused"), TimeProvider.System);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = trainings.Create(study.Expand()[0].Settings, executor);
        var first = new FirstStep();
        _ = run.Run(first, TestContext.Current.CancellationToken);

        var train = trainings.Data(study.Expand()[0].Settings).Train;
        double squares = train.Indices.ToArray().GroupBy(i => train.Images.Labels[i]).Sum(same => Math.Pow(0.1 - (same.Count() / 1437.0), 2));
        Assert.Equal(Math.Sqrt(squares), first.Step.GradientNorm, 1e-6);
        Assert.Equal(Math.Sqrt(squares) / 4, first.Step.MeanGradientNorm, 1e-6);
    }

    [Fact]
    public void BothAreKeptThroughAStopAndExported()
    {
        using var fixture = new RunnerFixture("evaluate={ parameters: true }");
        using var plain = new RunnerFixture();
        fixture.RunUntil(seed: 0, step: 15);
        _ = fixture.Run(new FakeTrainings());
        _ = plain.Run(new FakeTrainings());

        string trial = fixture.Trials[0].Id;
        var steps = fixture.Store.Steps(trial);
        Assert.Equal(steps.Loss.ToArray().Select(loss => loss / 3), steps.MeanGradientNorm.ToArray());
        Assert.Equal([new WeightDeviation("weight", 0.5)], fixture.Store.InitialWeights(trial));
        Assert.True(plain.Store.Steps(plain.Trials[0].Id).MeanGradientNorm.IsEmpty);
        Assert.Empty(plain.Store.InitialWeights(plain.Trials[0].Id));
        Assert.NotEqual(trial, plain.Trials[0].Id);

        using var file = new MemoryStream();
        NpzExport.Write(fixture.Store, fixture.Store.Study("study")!, file);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["study.npz"], file.ToArray());
        Assert.Equal(steps.MeanGradientNorm.ToArray(),
            NpzFile.Read(folder["study.npz"]).Single(array => array.Name == "adam seed 0/mean_gradient_norm").Values<double>().ToArray());
    }

    [Fact]
    public void ParametersAreMeasuredOrNot()
    {
        Assert.Equal(StudyText.Parse(StudyText.Smallest).Expand()[0].Id, StudyText.Parse(StudyText.Smallest, "evaluate={ parameters: false }").Expand()[0].Id);
        Assert.Equal("--set evaluate={ parameters: 3 }: evaluate: parameters must be true or false, got 3.",
            StudyText.Mistake(StudyText.Smallest, "evaluate={ parameters: 3 }"));
    }

    sealed class FirstStep : ITrainingObserver
    {
        public StepRecord Step { get; private set; }

        public void OnStep(in StepRecord step) => Step = step;

        public void OnEpoch(in EpochRecord epoch)
        {
        }
    }
}
