namespace Descent.Tensors;

/// <summary>Where in a training a replay stands: what random ops and running statistics depend on beside their inputs. It is set before the replay.</summary>
public sealed class StepPosition(ulong seed)
{
    /// <summary>Keys the streams of random ops.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>The steps taken before this one. A second gradient within a step drops the same activations as the first.</summary>
    public long Step { get; set; }

    /// <summary>The place of the batch's first image in the whole batch of the step, which may be worked on piece by piece.</summary>
    public int FirstImage { get; set; }

    /// <summary>Whether running statistics take the batch in; a second gradient within a step leaves them alone.</summary>
    public bool MovesStatistics { get; set; } = true;
}
