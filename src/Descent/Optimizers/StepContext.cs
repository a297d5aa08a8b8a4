using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>What a rule sees during one step.</summary>
/// <remarks>Coordinate-wise rules call one of the <c>Update</c> methods. Matrix-wise rules go over <see cref="Parameters"/>, with
/// whatever they make once kept as a <see cref="Plan"/>. Re-evaluating rules call <see cref="EvaluateGradient"/> or
/// <see cref="MultiplyByHessian"/>.</remarks>
public sealed partial class StepContext<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly OptimizerRun<T> run;
    readonly IOptimizer rule;
    readonly StepContext<V, T>[] wrapped;
    readonly string scalarPrefix;
    readonly List<CoordinateUpdate<V, T>> updates = [];
    readonly List<object> plans = [];

    internal StepContext(OptimizerRun<T> run, RulePlacement placement)
    {
        (this.run, rule) = (run, placement.Rule);
        Parameters = [.. placement.Slots.Select(i => new StepParameter<T>(run.Parameters.Slots[i], run.AllStates))];
        scalarPrefix = run.AddScalars(rule);
        wrapped = [.. placement.Wrapped.Select(x => new StepContext<V, T>(run, x))];
    }

    /// <summary>t, the number of this step: 1 for the first.</summary>
    public long Number => run.Steps + 1;

    /// <summary>What the schedule multiplies the learning rate by at this step; 1 without a schedule.</summary>
    public double ScheduleFactor => run.ScheduleFactor;

    /// <summary>Applies a formula without state to every parameter.</summary>
    public void Update<TRule>(TRule rule) where TRule : struct, ICoordinateRule<V>
    {
        var update = Find<CoordinateUpdate0<V, T, TRule>>() ?? Keep(new CoordinateUpdate0<V, T, TRule>(CoordinateChunks.Of(Parameters)));
        update.Rule = rule;
        Run(update);
    }

    /// <summary>Applies a formula with the named state to every parameter.</summary>
    public void Update<TRule>(TRule rule, string state) where TRule : struct, ICoordinateRule1<V>
    {
        var update = Find<CoordinateUpdate1<V, T, TRule>>()
            ?? Keep(new CoordinateUpdate1<V, T, TRule>(CoordinateChunks.Of(Parameters, state)));
        update.Rule = rule;
        Run(update);
    }

    /// <summary>Applies a formula with two named states to every parameter.</summary>
    public void Update<TRule>(TRule rule, string first, string second) where TRule : struct, ICoordinateRule2<V>
    {
        var update = Find<CoordinateUpdate2<V, T, TRule>>()
            ?? Keep(new CoordinateUpdate2<V, T, TRule>(CoordinateChunks.Of(Parameters, first, second)));
        update.Rule = rule;
        Run(update);
    }

    /// <summary>The same without coordinates at rest, whose gradient and states are zero: for formulas that keep these as they are, to the bit.</summary>
    /// <param name="keepsResting">Whether the formula does, with its numbers of this step; else it is applied to all.</param>
    internal void UpdateMoving<TRule>(TRule rule, string first, string second, bool keepsResting) where TRule : struct, ICoordinateRule2<V>
    {
        var update = Find<CoordinateUpdate2<V, T, TRule>>()
            ?? Keep(new CoordinateUpdate2<V, T, TRule>(CoordinateChunks.Of(Parameters, first, second)));
        update.Rule = rule;
        update.GradientScale = run.GradientScale;
        update.LeaveOutResting(keepsResting, run.StateWrites);
        run.Executor.Run(update.Work);
    }

    /// <summary>Applies a formula with three named states to every parameter.</summary>
    public void Update<TRule>(TRule rule, string first, string second, string third) where TRule : struct, ICoordinateRule3<V>
    {
        var update = Find<CoordinateUpdate3<V, T, TRule>>()
            ?? Keep(new CoordinateUpdate3<V, T, TRule>(CoordinateChunks.Of(Parameters, first, second, third)));
        update.Rule = rule;
        Run(update);
    }

    /// <summary>Applies a formula with four named states to every parameter.</summary>
    public void Update<TRule>(TRule rule, string first, string second, string third, string fourth) where TRule : struct, ICoordinateRule4<V>
    {
        var update = Find<CoordinateUpdate4<V, T, TRule>>()
            ?? Keep(new CoordinateUpdate4<V, T, TRule>(CoordinateChunks.Of(Parameters, first, second, third, fourth)));
        update.Rule = rule;
        Run(update);
    }

    internal void Step() => rule.Step(this);

    internal void LookAhead() => rule.LookAhead(this);

    internal void MoveToEvaluation() => rule.MoveToEvaluation(this);

    // One rule type goes with one set of states: the first call fixes them.
    TUpdate? Find<TUpdate>() where TUpdate : CoordinateUpdate<V, T>
    {
        foreach (var update in updates)
        {
            if (update is TUpdate found)
            {
                return found;
            }
        }

        return null;
    }

    TUpdate Keep<TUpdate>(TUpdate update) where TUpdate : CoordinateUpdate<V, T>
    {
        updates.Add(update);
        return update;
    }

    void Run(CoordinateUpdate<V, T> update)
    {
        update.GradientScale = run.GradientScale;
        run.Executor.Run(update.Work);
    }
}
