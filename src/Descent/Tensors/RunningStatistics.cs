namespace Descent.Tensors;

/// <summary>Mean and variance of each channel over the batches of a training, kept by a normalization layer for its evaluation.</summary>
/// <param name="Mean">[C], 0 at the start.</param>
/// <param name="Variance">[C], 1 at the start; the unbiased one of each batch goes in.</param>
/// <param name="Momentum">m in running ← (1 − m)·running + m·batch, PyTorch's convention; 0.1 there.</param>
/// <param name="Position">Says whether they move.</param>
public sealed record RunningStatistics<T>(Tensor<T> Mean, Tensor<T> Variance, double Momentum, StepPosition Position)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
