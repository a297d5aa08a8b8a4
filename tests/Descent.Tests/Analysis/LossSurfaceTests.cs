using Descent.Analysis;
using Descent.Data;
using Descent.Layers;
using Descent.Tensors;
using Descent.Tests.Lockstep;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Tests.Analysis;

public class LossSurfaceTests
{
    public static TheoryData<string, Mode> ModelsAndModes =>
        [.. WorkloadCatalog.All.Where(x => x.DataSet != "digits").SelectMany(x => new[] { (x.Name, Mode.Evaluation), (x.Name, Mode.Training) })];

    /// <summary>A short way along a random direction, so that no activation crosses a kink: the change of the gradient is the product with the Hessian.</summary>
    [Theory]
    [MemberData(nameof(ModelsAndModes))]
    public void ProductsWithTheHessianAgreeWithDifferences(string name, Mode mode)
    {
        var workload = WorkloadCatalog.Find(name);
        bool isLarge = name.Contains("resnet");
        using var fixture = new SurfaceFixture<double>(workload, Formula.Model(workload), isLarge ? 2 : 6, mode, mode == Mode.Training ? isLarge ? 2 : 4 : null);
        using var arena = new Arena();
        var values = fixture.Parameters.Values;
        Tensor<double> direction = arena.Allocate<double>(values.Shape), product = arena.Allocate<double>(values.Shape);
        var stream = new RandomStream(3, StreamPurpose.Probe, 0);
        foreach (ref double x in direction.Span)
        {
            x = stream.NextNormal();
        }

        fixture.Surface.MultiplyByHessian(direction, product);
        double width = 1e-7 / Math.Sqrt(values.Count);
        double[] start = values.Span.ToArray(), after = At(width), before = At(-width);
        double error = 0, size = 0;
        for (int k = 0; k < start.Length; k++)
        {
            double difference = (after[k] - before[k]) / (2 * width);
            error += (difference - product.Span[k]) * (difference - product.Span[k]);
            size += product.Span[k] * product.Span[k];
        }

        Assert.InRange(Math.Sqrt(error / size), 0, 1e-4);

        double[] At(double length)
        {
            for (int k = 0; k < start.Length; k++)
            {
                values.Span[k] = start[k] + (length * direction.Span[k]);
            }

            _ = fixture.Surface.Gradient();
            return fixture.Parameters.Gradients.Span.ToArray();
        }
    }

    /// <summary>2,100 images are several batches and a smaller last one.</summary>
    [Fact]
    public void TheLossIsThatOfAnEvaluationToTheBit()
    {
        using var fixture = SurfaceFixture<float>.Of("mnist-deep-mlp-bn", 2100);
        using var evaluation = new Evaluation<float>(fixture.Executor, fixture.Model, fixture.Parameters, fixture.Normalization) { IsExact = true };

        Assert.Equal(evaluation.Run(fixture.Part, token: TestContext.Current.CancellationToken).Loss, fixture.Surface.Loss());
        Assert.Equal(fixture.Surface.Loss(), fixture.Surface.Gradient(), 1e-6);
    }

    [Theory]
    [InlineData("evaluation", null)]
    [InlineData("training", 20)]
    public void AnyNumberOfThreadsGivesEqualBitsAndNothingIsChanged(string mode, int? batchSize)
    {
        var (expected, before, after) = Look(1);
        var (actual, _, _) = Look(3);

        Assert.Equal(expected, actual);
        Assert.Equal(before, after);

        (double[] Numbers, float[] Before, float[] After) Look(int threads)
        {
            using var fixture = SurfaceFixture<float>.Of("mnist-deep-mlp-bn", 50, mode, batchSize, threads);
            float[] before = Everything(fixture.Parameters);
            var settings = new SpectrumSettings { Top = 2, MostSteps = 15, Probes = 2, DensityStarts = 1, DensitySteps = 5 };
            var spectrum = HessianAnalysis.Spectrum(fixture.Executor, fixture.Surface, settings, TestContext.Current.CancellationToken);
            double[] numbers = [fixture.Surface.Loss(), fixture.Surface.Gradient(), .. spectrum.Largest.SelectMany(x => x.Vector.Prepend(x.Value)), spectrum.Trace.Value,
                .. spectrum.Density!.Nodes];
            return (numbers, before, Everything(fixture.Parameters));
        }

        static float[] Everything(Parameters<float> parameters) => [.. parameters.Values.Span, .. parameters.Statistics.SelectMany(x => x.Value.Span.ToArray())];
    }

    [Fact]
    public void BatchesThatDoNotFitAreRefused()
    {
        Assert.Equal("batch_size must lie in 1-50 (images of train), got 51.", Refused("mnist-mlp", 51));
        Assert.Equal("batch_size 7 leaves a batch of one image of train (50 images), and batch norm in training mode needs two.", Refused("mnist-deep-mlp-bn", 7));
        Assert.Equal("train has no images.", Assert.Throws<BadInputException>(() => SurfaceBatches.Size(WorkloadCatalog.Find("mnist-mlp").CreateModel(),
            DataPart.Whole("train", Formula.Images(WorkloadCatalog.Find("mnist-mlp"), 0)), Mode.Evaluation, null)).Message);

        static string Refused(string model, int batchSize) =>
            Assert.Throws<BadInputException>(() => SurfaceFixture<float>.Of(model, 50, "training", batchSize)).Message;
    }
}
