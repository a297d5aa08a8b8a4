namespace Descent.Studies.Charts;

/// <summary>A dot that runs along a trace from its first point to its last, over and over. Plotly keeps this under <c>meta</c> and does not
/// draw it.</summary>
/// <param name="Seconds">How long a run takes.</param>
/// <param name="Share">The share of that time after which the dot is at the last point, where it then waits for the others.</param>
public sealed record Motion(double Seconds, double Share = 1);
