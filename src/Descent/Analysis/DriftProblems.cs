using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Functions of twenty parameters with known curvature. Two of them change with every step, as the loss of a batch does, so that
/// rules cannot come to rest and their averages matter.</summary>
static class DriftProblems
{
    const int Dimension = 20;

    // Twice 0.05: the curvature of the drifting problems.
    const double Curvature = 0.1;

    static readonly double[] start = [.. Enumerable.Range(0, Dimension).Select(k => -0.4 + (k / 19.0))];

    public static IReadOnlyList<TestProblem> All { get; } =
    [
        Drift("drift", "Σ s·w + 0.05·w², s = 0.5·sin(0.37·k + 0.11·t), k = 0 … 19", k => 0.37 * k),
        Drift("drift-full-rank", "Σ s·w + 0.05·w², s = 0.5·sin(1.3·(k + 1)² + 0.11·t), k = 0 … 19", k => 1.3 * ((k + 1) * (k + 1))),
        new("quad20", "Σ c·w²/2 + b·w, c = 0.5 + 0.25·k, b = sin 0.37·k, k = 0 … 19", new Shape(Dimension), start,
            [[.. Enumerable.Range(0, Dimension).Select(k => -Math.Sin(0.37 * k) / (0.5 + (0.25 * k)))]], Quadratic,
            (_, _, hessian) => Diagonal(hessian, k => 0.5 + (0.25 * k))),
    ];

    static TestProblem Drift(string name, string formula, Func<int, double> phase) =>
        new(name, formula, new Shape(4, 5), start, [], (w, t, gradient) =>
        {
            double loss = 0;
            for (int k = 0; k < w.Length; k++)
            {
                double s = 0.5 * Math.Sin(phase(k) + (0.11 * t));
                loss += (s * w[k]) + (0.5 * Curvature * w[k] * w[k]);
                gradient[k] = s + (Curvature * w[k]);
            }

            return loss;
        }, (_, _, hessian) => Diagonal(hessian, _ => Curvature));

    static void Diagonal(Span<double> hessian, Func<int, double> curvature)
    {
        hessian.Clear();
        for (int k = 0; k < Dimension; k++)
        {
            hessian[(k * Dimension) + k] = curvature(k);
        }
    }

    static double Quadratic(ReadOnlySpan<double> w, int t, Span<double> gradient)
    {
        double loss = 0;
        for (int k = 0; k < w.Length; k++)
        {
            double c = 0.5 + (0.25 * k), b = Math.Sin(0.37 * k);
            loss += (0.5 * c * w[k] * w[k]) + (b * w[k]);
            gradient[k] = (c * w[k]) + b;
        }

        return loss;
    }
}
