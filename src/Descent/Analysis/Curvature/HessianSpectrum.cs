namespace Descent.Analysis;

/// <summary>What was found of the spectrum of a Hessian.</summary>
/// <param name="Largest">Descending.</param>
/// <param name="Smallest">Ascending.</param>
/// <param name="Trace">The sum of all eigenvalues.</param>
/// <param name="Density">Null where none was asked for.</param>
/// <param name="Steps">Lanczos steps for the eigenvalues.</param>
/// <param name="IsConverged">Whether all residuals are within the tolerance.</param>
public sealed record HessianSpectrum(IReadOnlyList<Eigenpair> Largest, IReadOnlyList<Eigenpair> Smallest, TraceEstimate Trace, SpectralDensity? Density, int Steps,
    bool IsConverged);

/// <summary>An eigenvalue with its vector.</summary>
/// <param name="Residual">‖Hv − λv‖ of the unit vector v, from a product of its own: |λ − an eigenvalue| is at most this.</param>
/// <param name="Vector">As long as the parameters, in their order; of unit length. Its largest element by magnitude is positive.</param>
public sealed record Eigenpair(double Value, double Residual, double[] Vector);

/// <summary>The trace of a Hessian.</summary>
/// <param name="Error">One standard error; 0 where the trace is exact but for rounding.</param>
/// <param name="Probes">Random probes that it rests on; 0 where it is exact.</param>
public sealed record TraceEstimate(double Value, double Error, int Probes);
