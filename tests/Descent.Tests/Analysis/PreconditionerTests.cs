using Descent.Analysis;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.Analysis;

public class PreconditionerTests
{
    static readonly TrainingSettings settings = DigitsTraining.Settings with { BatchSize = DigitsTraining.Data.Train.Count, Epochs = 1 };

    /// <summary>After one step on all images the bias corrected second moment is the square of the first gradient.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("amsgrad")]
    [InlineData("rmsprop")]
    public void AfterOneStepItIsTheGradientsMagnitude(string name)
    {
        var rule = OptimizerCatalog.Default.Create(name, new Dictionary<string, object> { ["learning_rate"] = 1e-12, ["epsilon"] = 1e-3 });
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(settings with { Optimizer = rule }, DigitsTraining.Data, "float64", executor, TimeProvider.System);
        _ = run.Run(new RecordingObserver(_ => false), TestContext.Current.CancellationToken);
        using var parameters = new Parameters<double>(settings.Model.Parameters);
        settings.Initialization.Initialize(parameters, settings.Seed);
        using var surface = new LossSurface<double>(executor, settings.Model, parameters, DigitsTraining.Data.Train, DigitsTraining.Data.Normalization, Mode.Evaluation);
        double[] expected = Preconditioner.Diagonal(rule, settings.Model, run.TakeCheckpoint().Arrays, steps: 1)!;
        double[] atRest = Preconditioner.OfMoments(rule, surface.MeanSquaredGradient(settings.BatchSize))!;
        _ = surface.Gradient();
        double[] gradient = parameters.Gradients.Span.ToArray();
        // RMSprop's first moment is a hundredth of the square, and not corrected.
        double share = name == "rmsprop" ? 0.1 : 1;

        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.Equal((share * Math.Abs(gradient[i])) + 1e-3, expected[i], 1e-10);
            Assert.Equal(Math.Abs(gradient[i]) + 1e-3, atRest[i], 1e-10);
        }
    }

    [Fact]
    public void OtherRulesAndWeightsAloneHaveNone()
    {
        Assert.Null(Preconditioner.OfMoments(new Sgd(), [1]));
        Assert.Null(Preconditioner.OfMoments(new RmsProp(Centered: true), [1]));
        Assert.Null(Preconditioner.Diagonal(new Adam(), settings.Model, [], steps: 3));
    }

    /// <summary>With 4 everywhere the preconditioned Hessian is a quarter of the Hessian; with different numbers its eigenvalue is found by hand for a plane.</summary>
    [Fact]
    public void TheHessianIsDividedFromBothSides()
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        var model = Mlp.Numbered(new Shape(64), [3], 10, Activation.Relu);
        using var parameters = new Parameters<double>(model.Parameters);
        settings.Initialization.Initialize(parameters, 1);
        using var surface = new LossSurface<double>(executor, model, parameters, DigitsTraining.Data.Train, DigitsTraining.Data.Normalization, Mode.Evaluation);
        var token = TestContext.Current.CancellationToken;
        var wanted = new SpectrumSettings { Top = 2, Smallest = 1, Tolerance = 1e-9, Probes = 2 };
        var plain = HessianAnalysis.Spectrum(executor, surface, wanted, token);
        var quarter = HessianAnalysis.PreconditionedSpectrum(executor, surface, [.. Enumerable.Repeat(4.0, parameters.Count)], wanted, token);
        Assert.All(plain.Largest.Concat(plain.Smallest).Zip(quarter.Largest.Concat(quarter.Smallest)),
            pair => Assert.Equal(pair.First.Value / 4, pair.Second.Value, 1e-8));

        // All but two coordinates are divided by so much that a 2 × 2 matrix is left.
        using var arena = new Arena();
        Tensor<double> unit = arena.Allocate<double>(parameters.Values.Shape), product = arena.Allocate<double>(parameters.Values.Shape);
        int first = parameters.Count - 1, second = parameters.Count - 2;
        double[] diagonal = [.. Enumerable.Repeat(1e16, parameters.Count)];
        (diagonal[first], diagonal[second]) = (0.5, 3);
        unit.Span[first] = 1;
        surface.MultiplyByHessian(unit, product);
        var (a, b) = (product.Span[first] / 0.5, product.Span[second] / Math.Sqrt(0.5 * 3));
        (unit.Span[first], unit.Span[second]) = (0, 1);
        surface.MultiplyByHessian(unit, product);
        double c = product.Span[second] / 3;
        double largest = ((a + c) / 2) + Math.Sqrt((((a - c) / 2) * ((a - c) / 2)) + (b * b));
        Assert.Equal(largest, HessianAnalysis.PreconditionedSpectrum(executor, surface, diagonal, wanted, token).Largest[0].Value, 1e-7);
    }
}
