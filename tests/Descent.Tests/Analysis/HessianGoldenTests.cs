using System.Diagnostics;
using System.Globalization;
using Descent.Analysis;
using Descent.Tensors.Kernels;
using Descent.Tests.Architecture;

namespace Descent.Tests.Analysis;

/// <summary>Spectra of Hessians against PyTorch's double backward and NumPy's eigh (Golden/hessian.py).</summary>
public class HessianGoldenTests
{
    const int Images = 48, BatchSize = 16, Few = 5;

    static readonly string[][] golden =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Analysis/Golden/hessian.tsv")).Skip(1).Select(line => line.Split('\t'))];

    public static TheoryData<string, string> Rows => [.. golden.Select(row => (row[0], row[1]))];

    public static TheoryData<string, string> SmallRows => [.. golden.Where(row => row[0].Contains("small")).Select(row => (row[0], row[1]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void LossGradientAndLargestEigenvaluesAreThose(string model, string mode)
    {
        var expected = Numbers(model, mode);
        using var fixture = SurfaceFixture<double>.Of(model, Images, mode, mode == "training" ? BatchSize : null);
        double norm = GradientNorm(fixture);
        var spectrum = HessianAnalysis.Spectrum(fixture.Executor, fixture.Surface, new() { Smallest = 0, Tolerance = 1e-9, Probes = 2 }, TestContext.Current.CancellationToken);

        Assert.True(spectrum.IsConverged);
        Relative(expected[0], fixture.Surface.Loss(), 1e-12);
        Relative(expected[1], norm, 1e-10);
        for (int i = 0; i < Few; i++)
        {
            Relative(expected[4 + i], spectrum.Largest[i].Value, 1e-8);
            Assert.InRange(spectrum.Largest[i].Residual, 0, 1e-7 * expected[4]);
        }
    }

    /// <summary>As many Lanczos steps as parameters: every eigenvalue, each as often as it occurs, and the trace exactly.</summary>
    [Theory]
    [MemberData(nameof(SmallRows))]
    public void TheWholeSpectrumIsThatOfTheDenseMatrix(string model, string mode)
    {
        var expected = Numbers(model, mode);
        using var fixture = SurfaceFixture<double>.Of(model, Images, mode, mode == "training" ? BatchSize : null);
        int dimension = fixture.Parameters.Count;
        var settings = new SpectrumSettings { Top = Few, Smallest = Few, MostSteps = dimension, Tolerance = 0, Probes = 2, DensityStarts = 1, DensitySteps = dimension };
        var spectrum = HessianAnalysis.Spectrum(fixture.Executor, fixture.Surface, settings, TestContext.Current.CancellationToken);

        Assert.Equal(dimension, spectrum.Steps);
        Assert.Equal((0.0, 0), (spectrum.Trace.Error, spectrum.Trace.Probes));
        Assert.Equal(expected[2], spectrum.Trace.Value, 1e-8);
        for (int i = 0; i < Few; i++)
        {
            Assert.Equal(expected[4 + i], spectrum.Largest[i].Value, 1e-8);
            Assert.Equal(expected[4 + Few + i], spectrum.Smallest[i].Value, 1e-8);
        }

        // Every node of a quadrature of as many steps is an eigenvalue.
        var nodes = spectrum.Density!.Nodes;
        for (int i = 0; i <= 20; i++)
        {
            Assert.Equal(expected[4 + (2 * Few) + i], nodes[i * (dimension - 1) / 20], 1e-8);
        }
    }

    /// <summary>Moments of the density: the trace and the sum of squares, divided by the dimension, within the statistical error of 60 starts.</summary>
    [Theory]
    [MemberData(nameof(SmallRows))]
    public void TheDensityHasTheSpectrumsMoments(string model, string mode)
    {
        var expected = Numbers(model, mode);
        using var fixture = SurfaceFixture<double>.Of(model, Images, mode, mode == "training" ? BatchSize : null);
        var settings = new SpectrumSettings { Top = 1, Smallest = 0, MostSteps = 20, Probes = 60, DensityStarts = 60, DensitySteps = 20 };
        var spectrum = HessianAnalysis.Spectrum(fixture.Executor, fixture.Surface, settings, TestContext.Current.CancellationToken);
        var density = spectrum.Density!;
        double dimension = fixture.Parameters.Count;

        Assert.Equal(1, density.Weights.Sum(), 1e-12);
        Assert.InRange(spectrum.Trace.Error, 1e-6, Math.Sqrt(expected[3]));
        Assert.InRange(Math.Abs(spectrum.Trace.Value - expected[2]), 0, 4 * spectrum.Trace.Error);
        // A sample's variance is below twice the sum of squares.
        double deviation = Math.Sqrt(2 * expected[3] / 60) / dimension;
        Assert.InRange(density.Nodes.Zip(density.Weights, (x, w) => x * w).Sum() - (expected[2] / dimension), -4 * deviation, 4 * deviation);
        double squares = density.Nodes.Zip(density.Weights, (x, w) => x * x * w).Sum() * dimension;
        Assert.InRange(squares / expected[3], 0.5, 1.7);
        double median = expected[4 + (2 * Few) + 10];
        Assert.InRange(density.FractionBelow(median + 0.05), 0.35, 1);
        Assert.InRange(density.FractionBelow(median - 0.05), 0, 0.65);
    }

    /// <summary>The command on the first 2,000 training images of MNIST, beside PyTorch: <c>--explicit only --filter-trait kind=pytorch</c>.</summary>
    [Fact(Explicit = true)]
    [Trait("kind", "pytorch")]
    public async Task TheCommandAgreesWithPyTorchOnRealImages()
    {
        string script = Path.Combine(Repository.Root, "tests/Descent.Tests/Analysis/real_hessian.py");
        using var python = Process.Start(new ProcessStartInfo("python3", [script, Path.Combine(AppContext.BaseDirectory, "descent.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, errors) = (python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, $"{await said}\n{await errors}");
        TestContext.Current.TestOutputHelper?.WriteLine(await said);
    }

    static double GradientNorm(SurfaceFixture<double> fixture)
    {
        _ = fixture.Surface.Gradient();
        return Math.Sqrt(new SquaredNorm<double>(fixture.Parameters.Gradients).Run(fixture.Executor));
    }

    static double[] Numbers(string model, string mode) => [.. golden.Single(row => row[0] == model && row[1] == mode)[2..]
        .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    static void Relative(double expected, double actual, double tolerance) => Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
}
