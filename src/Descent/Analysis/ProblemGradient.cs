using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Gradients of a test problem for an optimizer at work on it. The problem is evaluated in double.</summary>
sealed class ProblemGradient<T>(TestProblem problem, OptimizerRun<T> run) : IGradientSource<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] point = new double[problem.Dimension], gradient = new double[problem.Dimension],
        hessian = new double[problem.Dimension * problem.Dimension];

    public GradientEvaluation Evaluate()
    {
        TensorPrimitives.ConvertTruncating<T, double>(run.Parameters.Values.Span, point);
        double loss = problem.Evaluate(point, (int)run.Steps, gradient);
        TensorPrimitives.ConvertTruncating<double, T>(gradient, run.Parameters.Gradients.Span);
        return new GradientEvaluation(loss);
    }

    public void MultiplyByHessian(Tensor<T> direction, Tensor<T> product)
    {
        TakeHessian();
        for (int i = 0; i < point.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < point.Length; j++)
            {
                sum += hessian[(i * point.Length) + j] * double.CreateTruncating(direction.Span[j]);
            }

            product.Span[i] = T.CreateTruncating(sum);
        }
    }

    public bool TryHessianDiagonal(Tensor<T> diagonal)
    {
        TakeHessian();
        for (int i = 0; i < point.Length; i++)
        {
            diagonal.Span[i] = T.CreateTruncating(hessian[(i * point.Length) + i]);
        }

        return true;
    }

    void TakeHessian()
    {
        TensorPrimitives.ConvertTruncating<T, double>(run.Parameters.Values.Span, point);
        problem.Hessian(point, (int)run.Steps, hessian);
    }
}
