using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>One parameter as a matrix-wise rule sees it during a step.</summary>
public sealed class StepParameter<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly OptimizerStates<T> states;

    internal StepParameter(Parameter<T> slot, OptimizerStates<T> states) => (Slot, this.states) = (slot, states);

    /// <summary>Name, shape, traits.</summary>
    public ParameterInfo Info => Slot.Info;

    public Tensor<T> Value => Slot.Value;

    /// <summary>As it was computed: to be multiplied by <see cref="StepContext{V,T}.GradientScale"/>.</summary>
    public Tensor<T> Gradient => Slot.Gradient;

    /// <summary>The rows of the parameter as a matrix: its first axis, 1 for a scalar.</summary>
    public int Rows => Info.Shape.Rank > 0 ? Info.Shape[0] : 1;

    /// <summary>The columns of the parameter as a matrix: all axes but the first. Those of a filter lie in the order height, width, channel;
    /// PyTorch's lie in the order channel, height, width, a permutation of the columns.</summary>
    public int Columns => Info.Shape.Count / Rows;

    /// <summary>Where it begins in vectors that are as long as all parameters of the model.</summary>
    public int Start => Slot.Start;

    internal Parameter<T> Slot { get; }

    /// <summary>What the rule remembers of this parameter under <paramref name="name"/>.</summary>
    public Tensor<T> State(string name) => states.Of(name, Slot)
        ?? throw new ArgumentException($"The optimizer keeps no state \"{name}\" for {Slot.Name}.");
}
