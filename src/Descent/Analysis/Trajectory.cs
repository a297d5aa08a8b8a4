using System.Text.Json.Serialization;
using Descent.Optimizers;
using Descent.Tensors;
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
    /// <typeparam name="T">What the optimizer computes in.</typeparam>
    /// <exception cref="BadInputException">The start has another size or is not finite, or a hyperparameter is out of range.</exception>
    public static Trajectory Run<T>(IOptimizer optimizer, TestProblem problem, int steps, IReadOnlyList<double>? start = null,
        Func<int, double>? schedule = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var rule = OptimizerDescription.Of(optimizer)
            ?? throw new ArgumentException($"{optimizer.GetType().Name} is not marked as an optimizer of a catalog.");
        using var parameters = new Parameters<T>([new ParameterInfo("w", problem.Shape, ParameterTraits.Weight)]);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = new OptimizerRun<T>(optimizer, parameters, executor);
        var source = new ProblemGradient<T>(problem, run);
        run.GradientSource = source;
        Place(start ?? problem.Start, problem, parameters.Values);
        var path = new List<TrajectoryStep>();
        bool isFinite = Record(run, problem, path);
        while (isFinite && run.Steps < steps)
        {
            double factor = schedule?.Invoke((int)run.Steps) ?? 1;
            run.LookAhead(factor);
            run.Step(factor, loss: source.Evaluate().Loss);
            isFinite = Record(run, problem, path);
        }

        return new Trajectory(rule.Name, new OrderedDictionary<string, object>(rule.Values(optimizer)), problem.Name,
            typeof(T) == typeof(float) ? "float32" : "float64", path, isFinite ? null : (int)run.Steps);
    }

    static void Place<T>(IReadOnlyList<double> start, TestProblem problem, Tensor<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (start.Count != problem.Dimension)
        {
            throw new BadInputException($"{problem.Name}: the start must have {problem.Dimension} numbers, got {start.Count}.");
        }

        for (int k = 0; k < start.Count; k++)
        {
            values.Span[k] = T.CreateTruncating(start[k]);
            if (!T.IsFinite(values.Span[k]))
            {
                throw new BadInputException(
                    FormattableString.Invariant($"{problem.Name}: the start must be finite, got {start[k]} at {k}."));
            }
        }
    }

    /// <summary>Adds the present point, for averaging rules the average; false, and nothing added, where a number is not finite.</summary>
    static bool Record<T>(OptimizerRun<T> run, TestProblem problem, List<TrajectoryStep> path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (point, gradient) = (new double[problem.Dimension], new double[problem.Dimension]);
        run.MoveToEvaluation();
        TensorPrimitives.ConvertTruncating<T, double>(run.Parameters.Values.Span, point);
        run.Return();
        int step = (int)run.Steps;
        double loss = problem.Evaluate(point, step, gradient), norm = TensorPrimitives.Norm<double>(gradient);
        if (!double.IsFinite(loss) || !double.IsFinite(norm) || !point.All(double.IsFinite))
        {
            return false;
        }

        path.Add(new TrajectoryStep(step, point, loss, norm, run.GradientEvaluations));
        return true;
    }
}
