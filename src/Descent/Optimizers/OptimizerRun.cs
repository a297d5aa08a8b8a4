using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>An optimizer at work on a model's parameters: the rule, its state, and the number of steps taken.</summary>
public sealed class OptimizerRun<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Tensor<T>[] states;
    Action step = () => { };

    /// <exception cref="BadInputException">A hyperparameter is out of range, or two contradict each other.</exception>
    public OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor)
        : this(optimizer, parameters, executor, VectorWidth.Bits)
    {
    }

    internal OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor, int vectorBits)
    {
        OptimizerDescription.Of(optimizer.GetType())?.Validate(optimizer);
        (Optimizer, Parameters, Executor) = (optimizer, parameters, executor);
        StateNames = [.. optimizer.States];
        states = [.. StateNames.Select(_ => arena.Allocate<T>(parameters.Values.Shape))];
        var binding = new Binding(this);
        VectorWidth.Run<T, Binding>(vectorBits, ref binding);
    }

    public IOptimizer Optimizer { get; }

    public Parameters<T> Parameters { get; }

    public Executor Executor { get; }

    /// <summary>The names of the state buffers.</summary>
    public IReadOnlyList<string> StateNames { get; }

    /// <summary>Steps taken; set when a checkpoint is restored.</summary>
    public long Steps { get; set; }

    internal double ScheduleFactor { get; private set; } = 1;

    internal double GradientScale { get; private set; } = 1;

    /// <summary>The buffer of a state, as long as the parameters and in their order.</summary>
    public Tensor<T> State(string name)
    {
        for (int i = 0; i < states.Length; i++)
        {
            if (StateNames[i] == name)
            {
                return states[i];
            }
        }

        throw new ArgumentException($"The optimizer has no state \"{name}\".{NearestName.Hint(name, StateNames)}");
    }

    /// <summary>Takes one step with the gradients that lie in <see cref="Parameters{T}.Gradients"/>.</summary>
    /// <param name="scheduleFactor">Multiplies the learning rate.</param>
    /// <param name="gradientScale">Multiplies every gradient first, as clipping by the global norm does.</param>
    public void Step(double scheduleFactor = 1, double gradientScale = 1)
    {
        (ScheduleFactor, GradientScale) = (scheduleFactor, gradientScale);
        step();
        Steps++;
    }

    public void Dispose() => arena.Dispose();

    readonly struct Binding(OptimizerRun<T> run) : IVectorAction<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            var (optimizer, context) = (run.Optimizer, new StepContext<V, T>(run));
            run.step = () => optimizer.Step(context);
        }
    }
}
