using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>A convex quadratic ½·Σ λᵢ·xᵢ² with the largest curvature L = 1 and others so near to 0 that no rate ρᵗ helps: what remains is 1/t and 1/t².</summary>
/// <remarks><para>Bounds for every convex function whose gradient is 1-Lipschitz, R the distance at the start. Gradient descent with η = 1: f(xₜ) − f* ≤ R²/(4t + 2), Drori and Teboulle,
/// "Performance of first-order methods for smooth convex minimization", 2014, theorem 3.1. Nesterov's method with η = 1 and β = (t − 1)/(t + 2) at step t: f(xₜ) − f* ≤ 2R²/(t + 1)², Su,
/// Boyd and Candès, "A differential equation for modeling Nesterov's accelerated gradient method", 2016, theorem 6.</para></remarks>
/// <param name="Curvatures">λ, each above 0 and at most 1.</param>
/// <param name="Start">x along each eigenvector; the minimum is at 0.</param>
public sealed record ConvexQuadratic(string Name, IReadOnlyList<double> Curvatures, IReadOnlyList<double> Start)
{
    public const string Even = "even", Chain = "chain";

    const int EvenCount = 2001;

    /// <summary>The least curvature of <see cref="Even"/>: far below what any number of steps can see.</summary>
    const double LeastCurvature = 1e-12;

    /// <summary>Curvatures at equal ratios from 1e-12 to 1, and as much of the distance along each: R = 1.</summary>
    /// <remarks>f(xₜ) − f* tends to the bounds of both methods divided by ln 10¹²: for gradient descent ∫ ½λ(1 − λ)²ᵗ dλ/λ = 1/(4t + 2), and for Nesterov's method, whose xₜ along an eigenvector is near to
    /// 2·J₁(t√λ)/(t√λ), ∫ ½λ·xₜ² dλ/λ = 2/t².</remarks>
    public static ConvexQuadratic OfEvenRatios() => new(Even, [.. Enumerable.Range(0, EvenCount).Select(i => Math.Pow(LeastCurvature, (double)i / (EvenCount - 1)))],
        [.. Enumerable.Repeat(1 / Math.Sqrt(EvenCount), EvenCount)]);

    /// <summary>Nesterov's worst function of n = 2·steps + 1 numbers, ⅛·(x₁² + Σ (xᵢ − xᵢ₊₁)² + xₙ²) − ¼·x₁ from x = 0, along its eigenvectors.</summary>
    /// <remarks>Nesterov, "Introductory lectures on convex optimization", 2004, section 2.1.2. Curvatures sin²(θ/2) with θ = jπ/(n + 1); the start, at xᵢ = i/(n + 1) − 1 from the minimum, has ½·√(2/(n + 1))·cot(θ/2)
    /// along them.</remarks>
    /// <param name="steps">After so many steps no method that goes along gradients is far below its bound.</param>
    public static ConvexQuadratic OfChain(int steps)
    {
        int n = (2 * steps) + 1;
        double[] half = [.. Enumerable.Range(1, n).Select(j => 0.5 * Math.PI * j / (n + 1))];
        return new(Chain, Array.ConvertAll(half, x => Math.Sin(x) * Math.Sin(x)), Array.ConvertAll(half, x => 0.5 * Math.Sqrt(2.0 / (n + 1)) / Math.Tan(x)));
    }

    /// <summary>R².</summary>
    public double SquaredDistance => Start.Sum(x => x * x);

    /// <summary>No run of the method on any such function from the same distance is higher.</summary>
    /// <param name="method"><see cref="QuadraticMethod.GradientDescent"/> or <see cref="QuadraticMethod.Nesterov"/>.</param>
    public double Bound(string method, int t) => SquaredDistance * (method == QuadraticMethod.Nesterov ? 2 / ((t + 1.0) * (t + 1.0)) : 1 / ((4.0 * t) + 2));

    /// <summary>No method whose steps are combinations of the gradients so far is lower on the chain: ⅛·(1/(t + 1) − 1/(n + 1)), because xₜ has t numbers that are not 0; null for another quadratic.</summary>
    public double? Floor(int t) => Name == Chain ? 0.125 * ((1.0 / (t + 1)) - (1.0 / (Curvatures.Count + 1))) : null;

    /// <summary>f(xₜ) − f* of a run of the rule's own steps, from the start on.</summary>
    /// <param name="method"><see cref="QuadraticMethod.GradientDescent"/> (<c>sgd</c>) or <see cref="QuadraticMethod.Nesterov"/> (<c>nesterov-lookahead</c>, its momentum set at each step).</param>
    public IReadOnlyList<double> Run(string method, int steps)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<double>([new ParameterInfo("x", new Shape(Start.Count), ParameterTraits.Weight)]);
        IOptimizer rule = method == QuadraticMethod.Nesterov ? new NesterovLookahead(LearningRate: 1, Momentum: 0) : new Sgd(LearningRate: 1);
        var setMomentum = OptimizerDescription.Of(rule)!.Hyperparameter("momentum").Setter(rule);
        using var run = new OptimizerRun<double>(rule, parameters, executor);
        Start.ToArray().CopyTo(parameters.Values.Span);
        var heights = new List<double> { Height(parameters.Values.Span) };
        for (int t = 1; t <= steps; t++)
        {
            setMomentum(method == QuadraticMethod.Nesterov ? (t - 1.0) / (t + 2) : 0);
            run.LookAhead();
            for (int i = 0; i < Curvatures.Count; i++)
            {
                parameters.Gradients.Span[i] = Curvatures[i] * parameters.Values.Span[i];
            }

            run.Step();
            heights.Add(Height(parameters.Values.Span));
        }

        return heights;
    }

    double Height(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += 0.5 * Curvatures[i] * x[i] * x[i];
        }

        return sum;
    }
}
