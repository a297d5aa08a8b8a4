using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>The Hessian between two square roots of what an adaptive rule divides by, D^(−1/2)·H·D^(−1/2), with the rule's state as it is when a search begins.</summary>
sealed class StateDiagonal<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly OptimizerRun<T> run;
    readonly IOptimizer rule;
    readonly Tensor<T> scale, scaled;

    /// <param name="rule">One that <see cref="Preconditioner.IsKnown"/>.</param>
    public StateDiagonal(OptimizerRun<T> run, IOptimizer rule)
    {
        (this.run, this.rule) = (run, rule);
        (scale, scaled) = (arena.Allocate<T>(run.Parameters.Values.Shape), arena.Allocate<T>(run.Parameters.Values.Shape));
    }

    /// <summary>The operator around a product with the Hessian.</summary>
    public SymmetricOperator<T> Around(SymmetricOperator<T> hessian)
    {
        var (state, correction, epsilon) = Preconditioner.Of(rule, run.Steps);
        foreach (var moments in run.States.Where(x => x.Name == state))
        {
            var target = scale.Span.Slice(moments.Parameter.Start, moments.Parameter.Count);
            for (int i = 0; i < target.Length; i++)
            {
                double root = Math.Sqrt(double.CreateTruncating(moments.Values.Span[i]) / correction) + epsilon;
                target[i] = T.CreateTruncating(1 / Math.Sqrt(root));
            }
        }

        return (direction, product) =>
        {
            TensorPrimitives.Multiply<T>(direction.Span, scale.Span, scaled.Span);
            hessian(scaled, product);
            TensorPrimitives.Multiply<T>(product.Span, scale.Span, product.Span);
        };
    }

    public void Dispose() => arena.Dispose();
}
