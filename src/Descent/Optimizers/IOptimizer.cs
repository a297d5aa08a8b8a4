using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>An update rule with its hyperparameters: a record whose constructor's parameters are the hyperparameters, each with default and
/// range, marked with <see cref="OptimizerAttribute"/>.</summary>
/// <remarks>A rule holds no state: what it remembers lies in buffers that are kept, saved and restored for it under the names of
/// <see cref="States"/>. It says its formula once, over vectors, for float and double alike.</remarks>
public interface IOptimizer
{
    /// <summary>The names of the buffers that the rule needs with its present hyperparameters; unless <see cref="StatesOf"/> says
    /// otherwise, each is as long as the parameters. They start at zero.</summary>
    IReadOnlyList<string> States { get; }

    /// <summary>The buffers that the rule keeps for one parameter, under names of <see cref="States"/>.</summary>
    IEnumerable<StateInfo> StatesOf(ParameterInfo parameter) => States.Select(name => new StateInfo(name, parameter.Shape));

    /// <summary>The names of single numbers that the rule remembers, in double, for all its parameters together. They start at zero.</summary>
    IReadOnlyList<string> Scalars => [];

    /// <summary>η, before any schedule.</summary>
    double LearningRate { get; }

    /// <summary>Checks what must hold between hyperparameters, beyond the range of each.</summary>
    /// <exception cref="BadInputException">The hyperparameters contradict each other.</exception>
    void Validate()
    {
    }

    /// <summary>The rule that moves this parameter: this one, or another that it hands the parameter to.</summary>
    IOptimizer RuleFor(ParameterInfo parameter) => this;

    /// <summary>Whether what happens to one parameter is independent of the others, so that groups of them may have hyperparameters of their
    /// own.</summary>
    bool MovesParametersApart => true;

    /// <summary>Moves the parameters by one step. Called with the gradients in place.</summary>
    void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Whether a step's gradient is wanted elsewhere than at the parameters: where <see cref="LookAhead"/> moves them.</summary>
    bool LooksAhead => false;

    /// <summary>Moves the parameters to where the step's gradient is wanted. They are put back before <see cref="Step"/>.</summary>
    void LookAhead<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
    }

    /// <summary>Whether the parameters to be evaluated and published are others than those trained: where <see cref="MoveToEvaluation"/>
    /// moves them.</summary>
    bool EvaluatesElsewhere => false;

    /// <summary>Moves the parameters to where they are evaluated, as averaging rules do. They are put back before the next step. Not called
    /// before the first step.</summary>
    void MoveToEvaluation<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
    }
}
