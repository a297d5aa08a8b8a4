using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>An optimizer at work on a model's parameters: the rule, its state, and the number of steps taken.</summary>
public sealed class OptimizerRun<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly IReadOnlyList<RulePlacement> placements;
    readonly OptimizerStates<T> states;
    readonly ParameterCopy<T> copy;
    readonly List<IDisposable> owned = [];
    Action step = () => { };
    long steps;
    Action lookAhead = () => { };
    Action moveToEvaluation = () => { };

    /// <param name="groups">Parameters with hyperparameters of their own.</param>
    /// <exception cref="BadInputException">A hyperparameter is out of range, or two contradict each other.</exception>
    public OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor, IReadOnlyList<ParameterGroup>? groups = null)
        : this(optimizer, parameters, executor, VectorWidth.Bits, groups)
    {
    }

    internal OptimizerRun(IOptimizer optimizer, Parameters<T> parameters, Executor executor, int vectorBits, IReadOnlyList<ParameterGroup>? groups = null)
    {
        (Optimizer, Parameters, Executor) = (optimizer, parameters, executor);
        OptimizerDescription.Of(optimizer)?.Validate(optimizer);
        placements = RulePlacement.Of(optimizer, [.. parameters.Slots.Select(slot => slot.Info)], groups ?? []);
        var all = placements.SelectMany(x => x.All).ToList();
        Rules = [.. all.Select(x => x.Rule)];
        foreach (var rule in Rules)
        {
            OptimizerDescription.Of(rule)?.Validate(rule);
        }

        states = new OptimizerStates<T>(parameters.Slots,
            all.SelectMany(x => x.Slots.SelectMany(i => x.Rule.StatesOf(parameters.Slots[i].Info).Select(state => (state, parameters.Slots[i])))));
        copy = new ParameterCopy<T>(parameters.Values);
        Diagonal = new HessianDiagonal<T>(this);
        var binding = new Binding(this);
        VectorWidth.Run<T, Binding>(vectorBits, ref binding);
    }

    public IOptimizer Optimizer { get; }

    /// <summary>The records that move the parameters, each once: the optimizer's own, those of its groups, those that it hands parameters to and
    /// those that it wraps.</summary>
    public IReadOnlyList<IOptimizer> Rules { get; }

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

    /// <summary>Steps taken. To be set whenever <see cref="States"/> were written, as when a checkpoint is restored.</summary>
    public long Steps
    {
        get => steps;
        set
        {
            steps = value;
            StateWrites++;
        }
    }

    /// <summary>Gradients taken so far, those of the steps and those that rules asked for.</summary>
    public long GradientEvaluations { get; set; }

    /// <summary>Products with the Hessian taken so far; each costs about as much as two more gradients.</summary>
    public long HessianProducts { get; set; }

    /// <summary>How often states were written by others than rules.</summary>
    internal long StateWrites { get; private set; }

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
        steps++;
    }

    public void Dispose()
    {
        owned.ForEach(x => x.Dispose());
        states.Dispose();
        copy.Dispose();
        Diagonal.Dispose();
    }

    internal OptimizerStates<T> AllStates => states;

    internal HessianDiagonal<T> Diagonal { get; }

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
        $"{OptimizerDescription.Of(Optimizer)?.Name} asks for more than one gradient a step, and nobody gives it: set GradientSource.");

    internal void Own(object plan)
    {
        if (plan is IDisposable disposable)
        {
            owned.Add(disposable);
        }
    }

    /// <summary>Several instances of one rule remember numbers of their own; those of the first bear the plain name.</summary>
    internal string AddScalars(IOptimizer rule)
    {
        int number = Rules.TakeWhile(x => !ReferenceEquals(x, rule)).Count(x => x.Scalars.Intersect(rule.Scalars).Any());
        string prefix = number == 0 ? "" : FormattableString.Invariant($"{number}.");
        foreach (string name in rule.Scalars)
        {
            Scalars.Add(prefix + name, 0);
        }

        return prefix;
    }

    readonly struct Binding(OptimizerRun<T> run) : IVectorAction<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            var owner = run;
            StepContext<V, T>[] contexts = [.. run.placements.Select(x => new StepContext<V, T>(owner, x))];
            var flush = new StateFlush<V, T>(run.Executor, run.StateNames.Select(run.State));
            run.step = () =>
            {
                Array.ForEach(contexts, static x => x.Step());
                flush.After(owner.Steps + 1);
            };
            run.lookAhead = () => Array.ForEach(contexts, static x => x.LookAhead());
            run.moveToEvaluation = () => Array.ForEach(contexts, static x => x.MoveToEvaluation());
        }
    }
}
