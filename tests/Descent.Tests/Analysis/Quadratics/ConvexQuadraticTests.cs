using Descent.Analysis;

namespace Descent.Tests.Analysis.Quadratics;

public class ConvexQuadraticTests
{
    const int Steps = 300;

    /// <summary>The chain along its eigenvectors is the chain as it is written, walked by plain loops.</summary>
    [Fact]
    public void TheChainIsNesterovsFunction()
    {
        const int T = 40, N = (2 * T) + 1;
        var chain = ConvexQuadratic.OfChain(T);
        var descent = chain.Run(QuadraticMethod.GradientDescent, T);
        var nesterov = chain.Run(QuadraticMethod.Nesterov, T);
        double least = 0.125 * ((1.0 / (N + 1)) - 1);

        double[] x = new double[N], y = new double[N], before = new double[N];
        Assert.Equal(-least, descent[0], 1e-14);
        for (int t = 1; t <= T; t++)
        {
            x = Minus(x, Gradient(x));
            double momentum = (t - 1.0) / (t + 2);
            double[] ahead = [.. y.Zip(before, (now, old) => now + (momentum * (now - old)))];
            (before, y) = (y, Minus(ahead, Gradient(ahead)));
            Assert.Equal(Height(x) - least, descent[t], 1e-13);
            Assert.Equal(Height(y) - least, nesterov[t], 1e-13);
        }

        double squared = Enumerable.Range(1, N).Sum(i => Math.Pow(1 - ((double)i / (N + 1)), 2));
        Assert.Equal(squared, chain.SquaredDistance, 1e-10);

        static double Height(double[] x) =>
            (0.125 * ((x[0] * x[0]) + x.Zip(x.Skip(1), (a, b) => (a - b) * (a - b)).Sum() + (x[^1] * x[^1]))) - (0.25 * x[0]);

        static double[] Gradient(double[] x) => [.. x.Select((at, i) =>
            (0.25 * ((2 * at) - (i > 0 ? x[i - 1] : 0) - (i < x.Length - 1 ? x[i + 1] : 0))) - (i == 0 ? 0.25 : 0))];

        static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
    }

    /// <summary>∫ ½λ(1 − λ)²ᵗ dλ/λ = 1/(4t + 2) and ∫ ½λ·(2J₁(t√λ)/(t√λ))² dλ/λ = 2/t², each divided by ln 10¹²: the bounds' own constants.</summary>
    [Fact]
    public void WithCurvaturesAtEqualRatiosRunsFallLikeTheirBounds()
    {
        var even = ConvexQuadratic.OfEvenRatios();
        var descent = even.Run(QuadraticMethod.GradientDescent, 10 * Steps);
        var nesterov = even.Run(QuadraticMethod.Nesterov, 10 * Steps);
        double logarithm = Math.Log(1e12);

        Assert.Equal(1, even.SquaredDistance, 1e-12);
        foreach (int t in new[] { 30, 100, 300, 1000, 3000 })
        {
            Assert.Equal(1, descent[t] * ((4 * t) + 2) * logarithm, 0.01);
            // Steps damp directions of λ > 1/t more than the differential equation does: what J₁² has beyond t√λ = √t is missing.
            Assert.InRange(nesterov[t] * t * t / 2 * logarithm, 1 - (1.6 / Math.Sqrt(t)), 1);
        }
    }

    [Fact]
    public void NoRunIsAboveItsBoundOrBelowTheFloor()
    {
        foreach (var problem in new[] { ConvexQuadratic.OfEvenRatios(), ConvexQuadratic.OfChain(Steps) })
        {
            foreach (string method in new[] { QuadraticMethod.GradientDescent, QuadraticMethod.Nesterov })
            {
                var run = problem.Run(method, Steps);
                Assert.Equal(Steps + 1, run.Count);
                Assert.All(run.Index().Skip(1), x => Assert.InRange(x.Item, problem.Floor(x.Index) ?? 0, problem.Bound(method, x.Index)));
            }
        }
    }

    /// <summary>The theorem's own form: after T steps on 2T + 1 numbers no method has less than 3·R²/(32(T + 1)²).</summary>
    [Fact]
    public void AtTheEndTheFloorIsNesterovsLowerBound()
    {
        var chain = ConvexQuadratic.OfChain(Steps);
        double theorem = 3 * chain.SquaredDistance / (32 * Math.Pow(Steps + 1, 2));

        Assert.InRange(chain.Floor(Steps)!.Value / theorem, 1, 1.01);
        Assert.Null(ConvexQuadratic.OfEvenRatios().Floor(1));
    }
}
