using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>An update rule with its hyperparameters: a record whose constructor's parameters are the hyperparameters, each with default and
/// range, marked with <see cref="OptimizerAttribute"/>.</summary>
/// <remarks>A rule holds no state: what it remembers lies in buffers that are kept, saved and restored for it under the names of
/// <see cref="States"/>. It says its formula once, over vectors, for float and double alike.</remarks>
public interface IOptimizer
{
    /// <summary>The names of the buffers, each as long as the parameters, that the rule needs with its present hyperparameters. They start
    /// at zero.</summary>
    IReadOnlyList<string> States { get; }

    /// <summary>η, before any schedule.</summary>
    double LearningRate { get; }

    /// <summary>Checks what must hold between hyperparameters, beyond the range of each.</summary>
    /// <exception cref="BadInputException">The hyperparameters contradict each other.</exception>
    void Validate()
    {
    }

    /// <summary>Moves the parameters by one step. Called with the gradients in place.</summary>
    void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
