using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>A rule around another one: it sees all parameters of the model and lets the wrapped rule move them.</summary>
/// <remarks>In the catalog it stands for itself around its default, and as <c>sam+adamw</c> around any other. Its hyperparameters are its own and
/// those of the wrapped rule.</remarks>
public interface IWrappingOptimizer : IOptimizer
{
    /// <summary>The rule inside.</summary>
    IOptimizer Wrapped { get; }

    /// <summary>The names of the buffers of its own, each as long as the parameters.</summary>
    IReadOnlyList<string> OwnStates { get; }

    IReadOnlyList<string> IOptimizer.States => [.. OwnStates, .. Wrapped.States];

    IEnumerable<StateInfo> IOptimizer.StatesOf(ParameterInfo parameter) => OwnStates.Select(name => new StateInfo(name, parameter.Shape));

    double IOptimizer.LearningRate => Wrapped.LearningRate;

    bool IOptimizer.LooksAhead => Wrapped.LooksAhead;

    bool IOptimizer.EvaluatesElsewhere => Wrapped.EvaluatesElsewhere;

    /// <summary>The same rule around another one.</summary>
    IWrappingOptimizer Around(IOptimizer wrapped);

    void IOptimizer.LookAhead<V, T>(StepContext<V, T> step) => step.LookAheadWrapped();

    void IOptimizer.MoveToEvaluation<V, T>(StepContext<V, T> step) => step.MoveWrappedToEvaluation();
}
