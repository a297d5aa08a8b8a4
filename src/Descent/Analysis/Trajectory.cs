using System.Text.Json.Serialization;
using Descent.Optimizers;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>One point of a trajectory.</summary>
/// <param name="Step">Steps taken so far; 0 is the start.</param>
/// <param name="Parameters">Row-major; numbers of float are given as the doubles that they equal.</param>
/// <param name="Loss">There and at this step, in double.</param>
/// <param name="GradientNorm">The L2 norm of the gradient there.</param>
/// <param name="GradientEvaluations">Gradients that the optimizer has taken so far: one a step for most rules. Not in the JSON.</param>
public sealed record TrajectoryStep(int Step, IReadOnlyList<double> Parameters, double Loss, double GradientNorm,
    [property: JsonIgnore] long GradientEvaluations);

/// <summary>The path of an optimizer on a test problem, every step of it. Serializes as JSON with the naming policy
/// snake_case_lower.</summary>
/// <param name="Hyperparameters">All of them, in their order; doubles and bools.</param>
/// <param name="Precision">float32 or float64: what the optimizer computed in. The problem is always evaluated in double.</param>
/// <param name="Steps">From the start on; finite numbers only.</param>
/// <param name="DivergedAt">The first step whose parameters, loss or gradient were not finite, where the path ends; null where all are
/// finite.</param>
public sealed record Trajectory(string Optimizer, OrderedDictionary<string, object> Hyperparameters, string Problem, string Precision,
    IReadOnlyList<TrajectoryStep> Steps, int? DivergedAt)
{
    /// <summary>Runs an optimizer on a problem.</summary>
    /// <param name="optimizer">A rule of a catalog, see <see cref="OptimizerAttribute"/>.</param>
    /// <param name="steps">How many to take; 0 gives the start alone.</param>
    /// <param name="start">Row-major; the problem's own start where null.</param>
    /// <param name="schedule">What the learning rate is multiplied by after so many steps (0 for the first step); 1 where null.</param>
    /// <param name="noise">In the gradients that the optimizer sees; losses and norms of the path are those without. Null: none.</param>
    /// <typeparam name="T">What the optimizer computes in.</typeparam>
    /// <exception cref="BadInputException">The start has another size or is not finite, or a hyperparameter is out of range.</exception>
    public static Trajectory Run<T>(IOptimizer optimizer, TestProblem problem, int steps, IReadOnlyList<double>? start = null,
        Func<int, double>? schedule = null, GradientNoise? noise = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var walk = new ProblemWalk<T>(optimizer, problem, executor, start, noise);
        while (walk.IsFinite && walk.Steps < steps)
        {
            double factor = schedule?.Invoke(walk.Steps) ?? 1;
            walk.Step(factor, walk.TakeGradient(factor));
        }

        return walk.ToTrajectory();
    }
}
