using Descent.Optimizers;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>How far two rules are apart after a step.</summary>
/// <param name="Step">Steps taken; 1 is the first.</param>
/// <param name="Gap">‖a − b‖ between the parameters of the two.</param>
/// <param name="RelativeGap">The gap as a share of the way that the first has come, ‖a − b‖/‖a − a₀‖.</param>
/// <param name="FirstStepLength">‖aₜ − aₜ₋₁‖.</param>
/// <param name="SecondStepLength">‖bₜ − bₜ₋₁‖.</param>
public sealed record DifferenceStep(int Step, double Gap, double RelativeGap, double FirstStepLength, double SecondStepLength);

/// <summary>Two rules side by side on a test problem: the step where they part, and how the gap grows.</summary>
/// <param name="First">Of the one, with every point.</param>
/// <param name="Second">Of the other.</param>
/// <param name="Tolerance">A relative gap up to this counts as rounding.</param>
/// <param name="Steps">As many as both have.</param>
public sealed record RuleDifference(Trajectory First, Trajectory Second, double Tolerance, IReadOnlyList<DifferenceStep> Steps)
{
    /// <summary>What counts as rounding unless told otherwise.</summary>
    public static double DefaultTolerance<T>() => typeof(T) == typeof(float) ? 1e-4 : 1e-9;

    /// <summary>The first step after which the relative gap is larger than the tolerance; null where none is.</summary>
    public int? PartsAtStep => Steps.FirstOrDefault(step => step.RelativeGap > Tolerance)?.Step;

    /// <summary>The last step up to which both have the same bits; 0 where already the first differs.</summary>
    public int EqualBitsUntil => Steps.TakeWhile(step => step.Gap == 0).Count();

    /// <summary>Gives both rules one stream of gradients, those along the first rule's path: what differs then is the rules alone.</summary>
    /// <param name="rules">The two.</param>
    /// <param name="problem">Gives the gradients.</param>
    /// <param name="steps">How many to take.</param>
    /// <param name="schedule">What the learning rates are multiplied by after so many steps; 1 where null.</param>
    /// <param name="tolerance">See <see cref="Tolerance"/>.</param>
    /// <exception cref="BadInputException">A rule asks for more than one gradient a step, or a hyperparameter is out of range.</exception>
    public static RuleDifference OnOneStream<T>((IOptimizer First, IOptimizer Second) rules, TestProblem problem, int steps,
        Func<int, double>? schedule = null, double? tolerance = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireOneGradient(rules.First);
        RequireOneGradient(rules.Second);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var first = new ProblemWalk<T>(rules.First, problem, executor);
        using var second = new ProblemWalk<T>(rules.Second, problem, executor);
        while (first.IsFinite && second.IsFinite && first.Steps < steps)
        {
            double factor = schedule?.Invoke(first.Steps) ?? 1, loss = first.TakeGradient(factor);
            second.TakeGradient(first, factor);
            first.Step(factor, loss);
            second.Step(factor, loss);
        }

        return Of(first.ToTrajectory(), second.ToTrajectory(), tolerance ?? DefaultTolerance<T>());
    }

    /// <summary>Compares two paths from one start, on which each rule took the gradients at its own place: gaps then also grow because the
    /// gradients differ.</summary>
    public static RuleDifference Of(Trajectory first, Trajectory second, double tolerance)
    {
        int count = Math.Min(first.Steps.Count, second.Steps.Count);
        return new(first, second, tolerance, [.. Enumerable.Range(1, Math.Max(0, count - 1)).Select(step => Compare(first.Steps, second.Steps, step))]);
    }

    static DifferenceStep Compare(IReadOnlyList<TrajectoryStep> first, IReadOnlyList<TrajectoryStep> second, int step)
    {
        double gap = Distance(first[step], second[step]), way = Distance(first[step], first[0]);
        return new(step, gap, gap == 0 ? 0 : gap / way, Distance(first[step], first[step - 1]), Distance(second[step], second[step - 1]));
    }

    static double Distance(TrajectoryStep a, TrajectoryStep b) =>
        Math.Sqrt(a.Parameters.Zip(b.Parameters, (x, y) => (x - y) * (x - y)).Sum());

    static void RequireOneGradient(IOptimizer rule)
    {
        if (OptimizerDescription.Of(rule) is { Kind: RuleKind.Reevaluating, Name: var name })
        {
            throw new BadInputException($"{name} asks for gradients of its own within a step, which one stream for two rules does not have: "
                + "add --own-gradients.");
        }
    }
}
