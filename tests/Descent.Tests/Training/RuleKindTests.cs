using Descent.Data;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Optimizers;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>Rules that see matrices, wrap others, average, look ahead or take gradients again, in real trainings of a net with batch normalization and
/// dropout.</summary>
public class RuleKindTests
{
    static readonly TrainingSettings settings = ImageTraining.Settings with
    {
        Model = ImageTraining.Net(hasBatchNorm: true, dropout: 0.3),
        Augmentation = new Augmentation("crop-flip", 1),
        Epochs = 3,
    };

    public static TheoryData<string> Rules { get; } =
    [
        "muon", "muon newton_schulz_steps=3 scale=moonlight", "lbfgs max_iterations=4 history_size=3", "lbfgs max_iterations=3 history_size=2 line_search=strong-wolfe",
        "nesterov-lookahead learning_rate=0.02", "sam learning_rate=0.02 momentum=0.9", "asam+adamw", "lookahead+adam k=2", "ema+sgd learning_rate=0.05 decay=0.7",
        "ema+sam+adam start=2", "schedule-free-sgd learning_rate=0.2 warmup_steps=3", "schedule-free-adamw", "prodigy", "lamb", "lars weight_decay=0.01",
        "adafactor beta1=0.5", "adahessian learning_rate=0.01 interval=2", "sophia-h interval=2", "sam+muon",
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void ARunThatIsInterruptedGoesOnToTheSameBitsOnAnyThreads(string rule)
    {
        var chosen = settings with { Optimizer = GoldenTrajectory.Create(rule) };
        var (expected, told, last) = ImageTraining.Run(chosen, isCheckpointDue: step => step == 4);
        var (resumed, later, end) = ImageTraining.Run(chosen, threads: 3, from: told.Checkpoints[0]);

        Assert.Equal(TrainingEnd.Complete, expected.End);
        Assert.Equal(expected.ParametersHash, resumed.ParametersHash);
        Assert.Equal((expected.GradientEvaluations, expected.HessianProducts), (resumed.GradientEvaluations, resumed.HessianProducts));
        Assert.Equal(told.Steps.Skip(4), later.Steps);
        // Wall seconds differ.
        Assert.Equal(told.Epochs.Skip(2).Select(x => (x.TrainLoss, x.TestLoss)), later.Epochs.Select(x => (x.TrainLoss, x.TestLoss)));
        Assert.All(last.Arrays.Zip(end.Arrays), pair => Assert.Equal(pair.First.Values<float>().ToArray(), pair.Second.Values<float>().ToArray()));
    }

    /// <summary>With ρ = 0 the second gradient is the first again: the same activations are dropped, it is clipped alike, and running statistics and
    /// the history of norms move once.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("norm")]
    [InlineData("value")]
    [InlineData("unit-wise")]
    [InlineData("percentile")]
    public void ASecondGradientAtTheSamePointIsTheFirst(string? clipping)
    {
        var chosen = settings with { Clipping = clipping is null ? null : ClippingCatalog.Default.Find(clipping).Create(new Dictionary<string, object>()) };
        var (plain, told, last) = ImageTraining.Run(chosen with { Optimizer = new Sgd(0.05, 0.9) });
        var (again, retold, end) = ImageTraining.Run(chosen with { Optimizer = new Sam(Rho: 0) { Wrapped = new Sgd(0.05, 0.9) } });

        Assert.Equal(clipping is not null, told.Steps.Any(x => x.ClippedGradientNorm < x.GradientNorm));

        Assert.Equal(plain.ParametersHash, again.ParametersHash);
        Assert.Equal((told.Steps.Count, 2 * told.Steps.Count), (plain.GradientEvaluations, again.GradientEvaluations));
        Assert.Equal(told.Steps.Select(x => x.GradientNorm), retold.Steps.Select(x => x.GradientNorm));
        string[] statistics = ["bn1.running_mean", "bn1.running_var"];
        Assert.All(statistics, name => Assert.Equal(Array(last, name), Array(end, name)));
        Assert.Contains(Array(last, statistics[0]), x => x != 0);

        static float[] Array(Checkpoint checkpoint, string name) => checkpoint.Arrays.Single(x => x.Name == name).Values<float>().ToArray();
    }

    /// <summary>What an averaging rule trains is unchanged by the averaging; what it evaluates and publishes is not.</summary>
    [Fact]
    public void AveragesAreEvaluatedAndPublished()
    {
        var (plain, told, last) = ImageTraining.Run(settings with { Optimizer = new Sgd(0.05, 0.9) });
        var (averaged, others, end) = ImageTraining.Run(settings with { Optimizer = new Ema(0.5) { Wrapped = new Sgd(0.05, 0.9) } });

        Assert.Equal(plain.ParametersHash, averaged.ParametersHash);
        Assert.Equal(told.Steps.Select(x => x.Loss), others.Steps.Select(x => x.Loss));
        Assert.Equal(told.Epochs[0].TestLoss, others.Epochs[0].TestLoss);
        Assert.NotEqual(told.Epochs[^1].TestLoss, others.Epochs[^1].TestLoss);
        float[] average = end.Arrays.Single(x => x.Name == "optimizer.averaged_params.fc.weight").Values<float>().ToArray();
        Assert.NotEqual(last.Arrays.Single(x => x.Name == "fc.weight").Values<float>().ToArray(), average);
    }

    /// <summary>The product with the Hessian against central differences of gradients, in double: batch normalization, dropout, convolutions, in one
    /// piece and in several.</summary>
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 10)]
    public void ProductsWithTheHessianAgreeWithDifferences(bool hasBatchNorm, int? pieces)
    {
        // So small that no activation crosses the kink of its ReLU on the way.
        const double Width = 1e-8;
        var chosen = ImageTraining.Settings with { Model = ImageTraining.Net(hasBatchNorm, dropout: 0.3), PhysicalBatch = pieces, IsExact = true };
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<double>(chosen.Model.Parameters, chosen.Model.Statistics);
        using var arena = new Arena();
        chosen.Initialization.Initialize(parameters, 3);
        using var gradient = new BatchGradient<double>(executor, chosen, ImageTraining.Data, parameters);
        Tensor<double> direction = arena.Allocate<double>(parameters.Values.Shape), product = arena.Allocate<double>(parameters.Values.Shape);
        var stream = new RandomStream(5, StreamPurpose.Probe, 0);
        foreach (ref double x in direction.Span)
        {
            x = stream.NextNormal();
        }

        int[] batch = [.. Enumerable.Range(0, 32)];
        double[] start = parameters.Values.Span.ToArray();
        gradient.MultiplyByHessian(batch, step: 6, epoch: 1, direction, product);
        var (after, before) = (At(Width), At(-Width));
        double largest = product.Span.ToArray().Max(Math.Abs);
        for (int k = 0; k < start.Length; k++)
        {
            Assert.Equal((after[k] - before[k]) / (2 * Width), product.Span[k], 1e-5 * largest);
        }

        double[] At(double length)
        {
            for (int k = 0; k < start.Length; k++)
            {
                parameters.Values.Span[k] = start[k] + (length * direction.Span[k]);
            }

            _ = gradient.RunAgain(batch, step: 6, epoch: 1);
            return parameters.Gradients.Span.ToArray();
        }
    }
}
