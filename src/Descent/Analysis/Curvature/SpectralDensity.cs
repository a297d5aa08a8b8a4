namespace Descent.Analysis;

/// <summary>How the eigenvalues of a matrix are distributed: points with weights that sum to 1, each an average over random starts of a Gauss quadrature.</summary>
/// <remarks>Stochastic Lanczos quadrature: Ubaru, Chen and Saad, "Fast estimation of tr(f(A)) via stochastic Lanczos quadrature", SIAM J. Matrix Anal. Appl. 38 (2017); for
/// Hessians of networks Ghorbani, Krishnan and Xiao, arXiv:1901.10159.</remarks>
/// <param name="Nodes">Ascending.</param>
/// <param name="Weights">The fraction of eigenvalues that each stands for.</param>
/// <param name="Starts">Random starts.</param>
public sealed record SpectralDensity(IReadOnlyList<double> Nodes, IReadOnlyList<double> Weights, int Starts)
{
    /// <summary>The density at x, each node widened to a normal distribution.</summary>
    /// <param name="deviation">Its standard deviation.</param>
    public double At(double x, double deviation)
    {
        double sum = 0;
        for (int i = 0; i < Nodes.Count; i++)
        {
            double distance = (x - Nodes[i]) / deviation;
            sum += Weights[i] * Math.Exp(-0.5 * distance * distance);
        }

        return sum / (deviation * Math.Sqrt(2 * Math.PI));
    }

    /// <summary>The fraction of eigenvalues at or below x.</summary>
    public double FractionBelow(double x) => Nodes.Zip(Weights).Where(pair => pair.First <= x).Sum(pair => pair.Second);
}
