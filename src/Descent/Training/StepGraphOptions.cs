using Descent.Layers;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>How a step's graph is recorded.</summary>
sealed record StepGraphOptions
{
    /// <summary>Of which the gradient is taken; what a run returns is the mean loss in any case.</summary>
    public Reduction Reduction { get; init; }

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms.</summary>
    public bool IsExact { get; init; }

    /// <summary>What the forward pass is for: batch norm's statistics are the batch's, or the running ones.</summary>
    public Mode Mode { get; init; } = Mode.Training;

    /// <summary>What random layers and running statistics go by; set before each run.</summary>
    public StepPosition Position { get; init; } = new(0);
}
