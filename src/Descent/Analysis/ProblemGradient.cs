using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Gradients of a test problem for an optimizer at work on it. The problem is evaluated in double.</summary>
sealed class ProblemGradient<T>(TestProblem problem, OptimizerRun<T> run) : IGradientSource<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] point = new double[problem.Dimension], gradient = new double[problem.Dimension];

    public GradientEvaluation Evaluate()
    {
        TensorPrimitives.ConvertTruncating<T, double>(run.Parameters.Values.Span, point);
        double loss = problem.Evaluate(point, (int)run.Steps, gradient);
        TensorPrimitives.ConvertTruncating<double, T>(gradient, run.Parameters.Gradients.Span);
        return new GradientEvaluation(loss);
    }

    public void MultiplyByHessian(Tensor<T> direction, Tensor<T> product) =>
        throw new NotSupportedException("Test problems do not give products with the Hessian yet.");
}
