using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>A method on quadratics whose curvatures lie between 1 and a condition number: its constants and the roots of its recurrence.</summary>
/// <remarks>Along an eigenvector of curvature λ heavy ball obeys z² − (1 + β − η·λ)·z + β, Nesterov's method z² − (1 + β)(1 − η·λ)·z + β·(1 − η·λ), and gradient descent
/// z − (1 − η·λ). A method converges like ρᵗ with the largest |root| ρ over all λ. Polyak 1964; the constants of Nesterov's method that are best on quadratics are those of Lessard,
/// Recht and Packard, "Analysis and design of optimization algorithms via integral quadratic constraints", 2016.</remarks>
/// <param name="Name">One of <see cref="Names"/>.</param>
public sealed record QuadraticMethod(string Name, double Condition, double LearningRate, double Momentum)
{
    public const string GradientDescent = "gradient-descent", HeavyBall = "heavy-ball", Nesterov = "nesterov";

    const int Curvatures = 1001;

    public static IReadOnlyList<string> Names { get; } = [GradientDescent, HeavyBall, Nesterov];

    /// <summary>The method with the constants that make ρ least.</summary>
    /// <exception cref="BadInputException">There is no such method, or the condition is below 1.</exception>
    public static QuadraticMethod Optimal(string name, double condition)
    {
        if (!Names.Contains(name))
        {
            throw new BadInputException($"{name} is not a method on quadratics.{NearestName.Hint(name, Names)}");
        }

        if (!(condition >= 1) || !double.IsFinite(condition))
        {
            throw new BadInputException(FormattableString.Invariant($"the condition must be a number of at least 1, got {condition}."));
        }

        double root = Math.Sqrt(condition), third = Math.Sqrt((3 * condition) + 1), quotient = (root - 1) / (root + 1);
        return name switch
        {
            GradientDescent => new(name, condition, 2 / (condition + 1), 0),
            HeavyBall => new(name, condition, 4 / ((root + 1) * (root + 1)), quotient * quotient),
            _ => new(name, condition, 4 / ((3 * condition) + 1), (third - 2) / (third + 2)),
        };
    }

    /// <summary>ρ of the optimal constants: (κ − 1)/(κ + 1), (√κ − 1)/(√κ + 1), 1 − 2/√(3κ + 1).</summary>
    public static double OptimalRate(string name, double condition) => name switch
    {
        GradientDescent => (condition - 1) / (condition + 1),
        HeavyBall => (Math.Sqrt(condition) - 1) / (Math.Sqrt(condition) + 1),
        _ => 1 - (2 / Math.Sqrt((3 * condition) + 1)),
    };

    /// <summary>The rule whose own step this is.</summary>
    public IOptimizer Optimizer => new Sgd(LearningRate, Name == GradientDescent ? 0 : Momentum, Nesterov: Name == Nesterov && Momentum > 0);

    /// <summary>ρ, over curvatures all between 1 and the condition.</summary>
    public double Rate => Spectrum(Curvatures).Max(x => Roots(x).Max(Complex.Abs));

    /// <summary>Of the recurrence along an eigenvector.</summary>
    public IReadOnlyList<Complex> Roots(double curvature)
    {
        double kept = 1 - (LearningRate * curvature);
        var (sum, product) = Name switch
        {
            GradientDescent => (kept, 0),
            HeavyBall => (kept + Momentum, Momentum),
            _ => ((1 + Momentum) * kept, Momentum * kept),
        };
        // The larger root first, and the other by the product: their difference may cancel.
        var distance = Complex.Sqrt(new Complex((sum * sum) - (4 * product), 0));
        var larger = (sum + (sum < 0 ? -distance : distance)) / 2;
        return Name == GradientDescent ? [larger] : [larger, larger == Complex.Zero ? Complex.Zero : product / larger];
    }

    /// <summary>‖xₜ‖/‖x₀‖ is at most this, whatever the start, with the velocity at rest: ρᵗ + c·t·ρᵗ⁻¹, with the largest c = |x₁/x₀ − r₁| over all curvatures.</summary>
    /// <remarks>From xₜ = x₀·r₁ᵗ + (x₁ − r₁·x₀)·(r₁ᵗ − r₂ᵗ)/(r₁ − r₂), whose quotient is a sum of t products of t − 1 roots.</remarks>
    public double Bound(int t)
    {
        double rate = Rate;
        if (t == 0 || Name == GradientDescent)
        {
            return Math.Pow(rate, t);
        }

        double largest = Spectrum(Curvatures).Max(x => Complex.Abs(FirstStep(x) - Roots(x)[0]));
        return Math.Pow(rate, t) + (largest * t * Math.Pow(rate, t - 1));
    }

    /// <summary>‖xₜ‖/‖x₀‖ of a run of the rule itself, from the start on: fifty curvatures at equal ratios, every coordinate from 1.</summary>
    public IReadOnlyList<double> Run(int steps)
    {
        double[] spectrum = Spectrum(50);
        var problem = new TestProblem("quadratic", "Σ λ·x²/2", new Tensors.Shape(spectrum.Length), [.. spectrum.Select(_ => 1.0)], [], (x, _, gradient) =>
        {
            double loss = 0;
            for (int i = 0; i < spectrum.Length; i++)
            {
                gradient[i] = spectrum[i] * x[i];
                loss += 0.5 * spectrum[i] * x[i] * x[i];
            }

            return loss;
        }, (_, _, hessian) =>
        {
            hessian.Clear();
            for (int i = 0; i < spectrum.Length; i++)
            {
                hessian[(i * spectrum.Length) + i] = spectrum[i];
            }
        });
        return [.. Trajectory.Run<double>(Optimizer, problem, steps).Steps.Select(x => Math.Sqrt(x.Parameters.Sum(y => y * y) / spectrum.Length))];
    }

    /// <summary>x₁/x₀ along an eigenvector.</summary>
    double FirstStep(double curvature) => 1 - (LearningRate * curvature * (Name == Nesterov ? 1 + Momentum : 1));

    double[] Spectrum(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Pow(Condition, (double)i / (count - 1)))];
}
