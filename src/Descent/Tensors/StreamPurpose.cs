namespace Descent.Tensors;

/// <summary>What random numbers are drawn for. Streams of different purposes are independent; the numeric values are part of every
/// stored result and never change.</summary>
public enum StreamPurpose
{
    /// <summary>Initial weights; the index is the number of the parameter tensor.</summary>
    Initialization = 1,

    /// <summary>The order of the training images; the index is the epoch.</summary>
    Order = 2,

    Augmentation = 3,

    Dropout = 4,

    /// <summary>Random directions of an analysis or of a rule that probes the Hessian.</summary>
    Probe = 5,

    /// <summary>Noise added to gradients.</summary>
    Noise = 6,

    /// <summary>Which images belong to training, validation and test; keyed by the study's split seed.</summary>
    Split = 7,

    /// <summary>Points of a search; keyed by the study's split seed.</summary>
    Search = 8,

    /// <summary>Resamples of finished results; no training draws from it.</summary>
    Resampling = 9,
}
