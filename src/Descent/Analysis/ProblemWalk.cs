using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>An optimizer at work on a test problem, with the points that it has come by.</summary>
sealed class ProblemWalk<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TestProblem problem;
    readonly Parameters<T> parameters;
    readonly OptimizerRun<T> run;
    readonly ProblemGradient<T> source;
    readonly OptimizerDescription rule;
    readonly List<TrajectoryStep> path = [];

    /// <param name="start">Row-major; the problem's own start where null.</param>
    /// <param name="noise">In the gradients that the optimizer sees; null for none.</param>
    /// <exception cref="BadInputException">The start has another size or is not finite, or a hyperparameter is out of range.</exception>
    public ProblemWalk(IOptimizer optimizer, TestProblem problem, Executor executor, IReadOnlyList<double>? start = null, GradientNoise? noise = null)
    {
        this.problem = problem;
        rule = OptimizerDescription.Of(optimizer)
            ?? throw new ArgumentException($"{optimizer.GetType().Name} is not marked as an optimizer of a catalog.");
        parameters = new Parameters<T>([new ParameterInfo("w", problem.Shape, ParameterTraits.Weight)]);
        run = new OptimizerRun<T>(optimizer, parameters, executor);
        source = new ProblemGradient<T>(noise?.In(problem) ?? problem, run);
        run.GradientSource = source;
        Place(start ?? problem.Start);
        Record();
    }

    public int Steps => (int)run.Steps;

    /// <summary>Whether the present point, its loss and its gradient are finite.</summary>
    public bool IsFinite { get; private set; }

    /// <summary>Leaves the gradient of the coming step in place and returns the loss there.</summary>
    public double TakeGradient(double factor)
    {
        run.LookAhead(factor);
        return source.Evaluate().Loss;
    }

    /// <summary>Leaves the gradient of another walk in place instead.</summary>
    public void TakeGradient(ProblemWalk<T> other, double factor)
    {
        run.LookAhead(factor);
        other.parameters.Gradients.Span.CopyTo(parameters.Gradients.Span);
    }

    public void Step(double factor, double loss)
    {
        run.Step(factor, loss: loss);
        Record();
    }

    public Trajectory ToTrajectory() => new(rule.Name, new OrderedDictionary<string, object>(rule.Values(run.Optimizer)), problem.Name,
        typeof(T) == typeof(float) ? "float32" : "float64", path, IsFinite ? null : Steps);

    public void Dispose()
    {
        run.Dispose();
        parameters.Dispose();
    }

    void Place(IReadOnlyList<double> start)
    {
        if (start.Count != problem.Dimension)
        {
            throw new BadInputException($"{problem.Name}: the start must have {problem.Dimension} numbers, got {start.Count}.");
        }

        for (int k = 0; k < start.Count; k++)
        {
            parameters.Values.Span[k] = T.CreateTruncating(start[k]);
            if (!T.IsFinite(parameters.Values.Span[k]))
            {
                throw new BadInputException(
                    FormattableString.Invariant($"{problem.Name}: the start must be finite, got {start[k]} at {k}."));
            }
        }
    }

    /// <summary>Adds the present point, for averaging rules the average; nothing where a number is not finite.</summary>
    void Record()
    {
        var (point, gradient) = (new double[problem.Dimension], new double[problem.Dimension]);
        run.MoveToEvaluation();
        TensorPrimitives.ConvertTruncating<T, double>(parameters.Values.Span, point);
        run.Return();
        double loss = problem.Evaluate(point, Steps, gradient), norm = TensorPrimitives.Norm<double>(gradient);
        IsFinite = double.IsFinite(loss) && double.IsFinite(norm) && point.All(double.IsFinite);
        if (IsFinite)
        {
            path.Add(new TrajectoryStep(Steps, point, loss, norm, run.GradientEvaluations));
        }
    }
}
