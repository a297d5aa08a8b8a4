namespace Descent.Studies.Charts;

/// <summary>A dot that runs along a trace from its first point to its last, over and over. Plotly keeps this under <c>meta</c> and does not
/// draw it.</summary>
/// <param name="Seconds">How long a run takes.</param>
/// <param name="Share">The share of that time after which the dot is at the last point, where it then waits for the others.</param>
public sealed record Motion(double Seconds, double Share = 1)
{
    /// <summary>Where there are any, no dot runs: the line itself goes from one to the next, at even times, and its label says where it is.</summary>
    public IReadOnlyList<MotionFrame>? Frames { get; init; }
}

/// <summary>A shape that a line takes on its way.</summary>
/// <param name="Label">What it is called, as in <c>step 3</c>.</param>
/// <param name="Y">As many numbers as the trace has x.</param>
public sealed record MotionFrame(string Label, Column Y);
