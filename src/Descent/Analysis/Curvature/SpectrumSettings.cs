namespace Descent.Analysis;

/// <summary>What is computed of a Hessian's spectrum.</summary>
public sealed record SpectrumSettings
{
    /// <summary>The largest eigenvalues; at least 1 and at most the number of parameters.</summary>
    public int Top { get; init; } = 5;

    /// <summary>The smallest eigenvalues, likewise; 0 for none.</summary>
    public int Smallest { get; init; } = 1;

    /// <summary>Lanczos steps at most. What has not converged by then keeps its residual.</summary>
    public int MostSteps { get; init; } = 200;

    /// <summary>A residual ‖Hv − λv‖ of so much times the largest |λ| counts as converged: the error of λ is at most the residual, and of the order of its square divided by
    /// the gap to the next eigenvalue. Null: 1e-6 in double, 1e-3 in float.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Random probes for the trace, where the Lanczos vectors do not span the whole space; at least 2.</summary>
    public int Probes { get; init; } = 30;

    /// <summary>Random starts of the density's Lanczos quadrature; 0 for no density.</summary>
    public int DensityStarts { get; init; }

    /// <summary>Lanczos steps from each of them: nodes of the quadrature.</summary>
    public int DensitySteps { get; init; } = 60;

    /// <summary>Keys the random directions.</summary>
    public ulong Seed { get; init; }
}
