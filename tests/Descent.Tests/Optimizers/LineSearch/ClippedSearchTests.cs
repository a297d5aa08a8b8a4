using System.Globalization;
using Descent.Analysis;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers.LineSearch;

/// <summary>L-BFGS whose gradients are clipped, each by itself, as a closure of PyTorch clips: the rows of Golden/clipped.tsv.</summary>
public class ClippedSearchTests
{
    static readonly Lazy<ILookup<string, string[]>> rows = new(() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Optimizers", "LineSearch", "Golden", "clipped.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToLookup(row => string.Join(", ", row[..4])));

    public static TheoryData<string> Rows => [.. rows.Value.Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryStepIsPyTorchs(string row)
    {
        var steps = rows.Value[row].ToList();
        using var walk = new ClippedWalk(steps[0]);
        Assert.Equal(4, steps.Count);
        foreach (string[] step in steps)
        {
            var (gradients, clipped) = walk.Step();

            Assert.Equal((step[6], step[7]), (Text(gradients), Text(clipped)));
            double tolerance = Number(step[9]);
            double[] expected = [.. step[8].Split(' ').Select(Number)];
            Assert.All(expected.Zip(walk.Values), x => Assert.Equal(x.First, x.Second, tolerance * Math.Max(1, Math.Abs(x.First))));
        }
    }

    [Fact]
    public void GradientsAreClippedWithinASearch() => Assert.All((string[])["norm", "value"], clipping => Assert.True(
        rows.Value.SelectMany(x => x).Where(row => row[0].Contains("strong-wolfe") && row[2] == clipping).Sum(row => (int)Number(row[7])) > 20));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    sealed class ClippedWalk : IGradientSource<double>, IDisposable
    {
        readonly WorkerPool pool = new(1);
        readonly Executor executor;
        readonly Parameters<double> parameters;
        readonly OptimizerRun<double> run;
        readonly ClippingRun<double> clipping;
        readonly TestProblem problem;
        int gradients, clipped;

        public ClippedWalk(string[] row)
        {
            problem = TestProblem.Find(row[1]);
            executor = pool.CreateExecutor();
            parameters = new Parameters<double>([new ParameterInfo("w", problem.Shape, ParameterTraits.Weight)]);
            run = new OptimizerRun<double>(GoldenTrajectory.Create($"lbfgs {row[0]}"), parameters, executor) { GradientSource = this };
            clipping = ClippingCatalog.Default.Find(row[2]).Create(new Dictionary<string, object> { ["limit"] = row[3] }).Start(parameters, executor);
            problem.Start.ToArray().CopyTo(parameters.Values.Span);
        }

        public double[] Values => parameters.Values.Span.ToArray();

        public (int Gradients, int Clipped) Step()
        {
            (gradients, clipped) = (0, 0);
            var evaluation = Evaluate();
            run.Step(1, evaluation.GradientScale, evaluation.Loss);
            return (gradients, clipped);
        }

        public GradientEvaluation Evaluate()
        {
            double loss = problem.Evaluate(parameters.Values.Span, (int)run.Steps, parameters.Gradients.Span);
            double norm = Math.Sqrt(parameters.Gradients.Span.ToArray().Sum(x => x * x));
            var (scale, left) = clipping.ClipAgain(norm);
            gradients++;
            // Two sums of the same squares differ by rounding.
            clipped += left < norm * (1 - 1e-12) ? 1 : 0;
            return new(loss, scale);
        }

        public void MultiplyByHessian(Tensor<double> direction, Tensor<double> product) => throw new NotSupportedException();

        public void Dispose()
        {
            run.Dispose();
            parameters.Dispose();
            executor.Dispose();
            pool.Dispose();
        }
    }
}
