using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>An optimizer at work on a model's parameters: the rule, its state, and the number of steps taken.</summary>
public sealed class OptimizerRun<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly OptimizerStates<T> states;
    readonly ParameterCopy<T> copy;
    readonly List<IDisposable> owned = [];
    Action step = () => { };
    Action lookAhead = () => { };
    Action moveToEvaluation = () => { };

    /// <exception cref="BadInputException">A hyperparameter is out of range, or two contradict each other.</exception>
    public OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor)
        : this(optimizer, parameters, executor, VectorWidth.Bits)
    {
    }

    internal OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor, int vectorBits)
    {
        (Optimizer, Parameters, Executor) = (optimizer, parameters, executor);
        Placements = RulePlacement<T>.Of(optimizer, parameters.Slots);
        foreach (var rule in Placements.Select(x => x.Rule).Prepend(optimizer))
        {
            OptimizerDescription.Of(rule.GetType())?.Validate(rule);
        }

        states = new OptimizerStates<T>(parameters.Slots,
            Placements.SelectMany(x => x.Slots.SelectMany(slot => x.Rule.StatesOf(slot.Info).Select(state => (state, slot)))));
        copy = new ParameterCopy<T>(parameters.Values);
        foreach (string name in Placements.SelectMany((x, i) => x.Rule.Scalars.Select(name => ScalarPrefix(i) + name)))
        {
            Scalars.Add(name, 0);
        }

        var binding = new Binding(this);
        VectorWidth.Run<T, Binding>(vectorBits, ref binding);
    }

    public IOptimizer Optimizer { get; }

    public Parameters<T> Parameters { get; }

    public Executor Executor { get; }

    /// <summary>Answers rules that ask for more than the gradient in place.</summary>
    public IGradientSource<T>? GradientSource { get; set; }

    /// <summary>Keys the random directions of rules that probe the Hessian.</summary>
    public ulong Seed { get; init; }

    /// <summary>The names of the state buffers.</summary>
    public IReadOnlyList<string> StateNames => states.Names;

    /// <summary>Every state of every parameter: what a checkpoint keeps, beside <see cref="Scalars"/> and <see cref="Steps"/>.</summary>
    public IReadOnlyList<OptimizerState<T>> States => states.All;

    /// <summary>The single numbers that the rules remember, by name.</summary>
    public IDictionary<string, double> Scalars { get; } = new Dictionary<string, double>();

    /// <summary>Steps taken; set when a checkpoint is restored.</summary>
    public long Steps { get; set; }

    /// <summary>Gradients taken so far, those of the steps and those that rules asked for.</summary>
    public long GradientEvaluations { get; set; }

    /// <summary>Products with the Hessian taken so far; each costs about as much as two more gradients.</summary>
    public long HessianProducts { get; set; }

    internal IReadOnlyList<RulePlacement<T>> Placements { get; }

    internal double ScheduleFactor { get; private set; } = 1;

    internal double GradientScale { get; private set; } = 1;

    internal double Loss { get; private set; } = double.NaN;

    /// <summary>The buffer of a state: the parts of all parameters that have it, in their order.</summary>
    public Tensor<T> State(string name) => states.Buffer(name);

    /// <summary>Goes to where the gradient of the coming step is wanted, for rules that look ahead. Called before the gradient is
    /// taken.</summary>
    /// <param name="scheduleFactor">That of the coming step.</param>
    public void LookAhead(double scheduleFactor = 1)
    {
        if (Optimizer.LooksAhead)
        {
            ScheduleFactor = scheduleFactor;
            copy.Keep();
            lookAhead();
        }
    }

    /// <summary>Goes to the parameters that are to be evaluated: for averaging rules the average, for others where they are.</summary>
    public void MoveToEvaluation()
    {
        if (Optimizer.EvaluatesElsewhere && Steps > 0)
        {
            copy.Keep();
            moveToEvaluation();
        }
    }

    /// <summary>Comes back, to the bit, from where <see cref="LookAhead"/> or <see cref="MoveToEvaluation"/> went.</summary>
    public void Return() => copy.GiveBack();

    /// <summary>Takes one step with the gradients that lie in <see cref="Parameters{T}.Gradients"/>.</summary>
    /// <param name="scheduleFactor">Multiplies the learning rate.</param>
    /// <param name="gradientScale">Multiplies every gradient first, as clipping by the global norm does.</param>
    /// <param name="loss">Where the gradients were taken; some rules that evaluate it again compare with it.</param>
    public void Step(double scheduleFactor = 1, double gradientScale = 1, double loss = double.NaN)
    {
        Return();
        (ScheduleFactor, GradientScale, Loss) = (scheduleFactor, gradientScale, loss);
        GradientEvaluations++;
        step();
        Steps++;
    }

    public void Dispose()
    {
        owned.ForEach(x => x.Dispose());
        states.Dispose();
        copy.Dispose();
    }

    internal OptimizerStates<T> AllStates => states;

    internal double EvaluateGradient()
    {
        var evaluation = Source.Evaluate();
        (GradientScale, Loss) = (evaluation.GradientScale, evaluation.Loss);
        GradientEvaluations++;
        return evaluation.Loss;
    }

    internal void MultiplyByHessian(Tensor<T> direction, Tensor<T> product)
    {
        Source.MultiplyByHessian(direction, product);
        HessianProducts++;
    }

    internal IGradientSource<T> Source => GradientSource ?? throw new InvalidOperationException(
        $"{OptimizerDescription.Of(Optimizer.GetType())?.Name} asks for more than one gradient a step, and nobody gives it: set GradientSource.");

    internal void Own(object plan)
    {
        if (plan is IDisposable disposable)
        {
            owned.Add(disposable);
        }
    }

    // Several instances of one rule, with hyperparameters of their own, remember numbers of their own.
    static string ScalarPrefix(int placement) => placement == 0 ? "" : FormattableString.Invariant($"{placement}.");

    readonly struct Binding(OptimizerRun<T> run) : IVectorAction<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            var owner = run;
            var contexts = run.Placements.Select((x, i) => (x.Rule, Context: new StepContext<V, T>(owner, x.Slots, ScalarPrefix(i)))).ToArray();
            run.step = () => Array.ForEach(contexts, static x => x.Rule.Step(x.Context));
            run.lookAhead = () => Array.ForEach(contexts, static x => x.Rule.LookAhead(x.Context));
            run.moveToEvaluation = () => Array.ForEach(contexts, static x => x.Rule.MoveToEvaluation(x.Context));
        }
    }
}
