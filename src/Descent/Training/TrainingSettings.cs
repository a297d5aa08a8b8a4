using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Optimizers.Clipping;
using Descent.Schedules;

namespace Descent.Training;

/// <summary>Everything that decides the numbers of one training.</summary>
public sealed record TrainingSettings
{
    public required Model Model { get; init; }

    public required IOptimizer Optimizer { get; init; }

    /// <summary>Parameters with hyperparameters of their own; none: all have the optimizer's.</summary>
    public IReadOnlyList<ParameterGroup> ParameterGroups { get; init; } = [];

    public required Initialization Initialization { get; init; }

    /// <summary>Weights in place of what <see cref="Initialization"/> draws; null: none.</summary>
    public InitialWeights? Weights { get; init; }

    /// <summary>Keys the streams of initial weights, of the order of images and of their augmentation.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the learning rate is multiplied by at each step. Null: 1.</summary>
    public SchedulePlan? Schedule { get; init; }

    /// <summary>What the weight decay is multiplied by at each step, beside the learning rate's schedule where a rule multiplies the two. Null: 1.</summary>
    public SchedulePlan? WeightDecaySchedule { get; init; }

    /// <summary>What the momentum is multiplied by at each step: of rules without momentum β₁. Null: 1.</summary>
    public SchedulePlan? MomentumSchedule { get; init; }

    /// <summary>Images a step; the last batch of an epoch may be smaller. At least 1, at most the images of the training split.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Images that are worked on at a time, at least 1: the batch of a step is done in pieces of so many, which bounds the memory. Null, or at least
    /// <see cref="BatchSize"/>: the whole batch at once.</summary>
    public int? PhysicalBatch { get; init; }

    /// <summary>Passes over the training split; at least 0. Not used where <see cref="Steps"/> is set.</summary>
    public int Epochs { get; init; }

    /// <summary>Steps to take, over as many epochs as they need; null: whole epochs.</summary>
    public long? Steps { get; init; }

    /// <summary>How the images of an epoch are dealt out.</summary>
    public ImageOrder Order { get; init; } = ImageOrder.Shuffled;

    /// <summary>Loss and accuracy are measured each time that so many images have been trained on, at least 1, and after the last step. Null: after each
    /// epoch.</summary>
    public long? EvaluateEvery { get; init; }

    /// <summary>Random changes to each image of a step, drawn from the seed and the epoch. Null: none. Evaluation never has any.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms: slower, and nearer to the exact sum.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether each step also tells the mean over the parameters of their gradients' norms.</summary>
    public bool MeasuresParameters { get; init; }

    /// <summary>What else is measured at intervals. None of it changes the training.</summary>
    public IReadOnlyList<IGauge> Gauges { get; init; } = [];

    /// <summary>What keeps gradients short. Null: nothing.</summary>
    public IClipping? Clipping { get; init; }

    /// <summary>Whether a step whose loss or gradient is not finite is left out, so that the training goes on; else it ends as diverged.</summary>
    public bool SkipsNonFinite { get; init; }
}
