using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

// What rules see that are not coordinate-wise.
public sealed partial class StepContext<V, T>
{
    /// <summary>The parameters that the rule moves, in the model's order.</summary>
    public IReadOnlyList<StepParameter<T>> Parameters { get; }

    /// <summary>What the gradients in place must be multiplied by before they are used: clipping. The <c>Update</c> methods do it
    /// themselves.</summary>
    public double GradientScale => run.GradientScale;

    /// <summary>The loss where the gradients in place were taken; not a number where nobody told it.</summary>
    public double Loss => run.Loss;

    /// <summary>Runs work of the rule's own on all threads.</summary>
    public Executor Executor => run.Executor;

    /// <summary>Keys the rule's random directions, together with <see cref="Number"/>.</summary>
    public ulong Seed => run.Seed;

    /// <summary>What the rule makes once and uses at every step (memory, recorded products): made at the first call for each type, kept as
    /// long as the optimizer is at work. A rule's own fields cannot hold it: one record serves many trainings.</summary>
    /// <param name="make">Static, so that a step allocates nothing.</param>
    public TPlan Plan<TRule, TPlan>(TRule rule, Func<TRule, StepContext<V, T>, TPlan> make) where TPlan : class
    {
        foreach (object plan in plans)
        {
            if (plan is TPlan found)
            {
                return found;
            }
        }

        var made = make(rule, this);
        plans.Add(made);
        run.Own(made);
        return made;
    }

    /// <summary>A number that the rule remembers, see <see cref="IOptimizer.Scalars"/>.</summary>
    public double Scalar(string name) => run.Scalars[scalarPrefix + name];

    /// <summary>Remembers a number, see <see cref="IOptimizer.Scalars"/>.</summary>
    public void SetScalar(string name, double value) => run.Scalars[scalarPrefix + name] = value;

    /// <summary>Takes the gradient of the step's batch again, at the parameters where they are now, and returns the loss there. The gradients
    /// in place and <see cref="GradientScale"/> are those of the new one. It counts as a gradient evaluation.</summary>
    public double EvaluateGradient() => run.EvaluateGradient();

    /// <summary>product = H·direction, with the Hessian H of the batch's loss at the present parameters. Both as long as all parameters of the
    /// model. It is counted.</summary>
    public void MultiplyByHessian(Tensor<T> direction, Tensor<T> product) => run.MultiplyByHessian(direction, product);

    /// <summary>The diagonal of the Hessian of the batch's loss at the present parameters, as long as all parameters of the model: exact where it is
    /// known, else estimated from one product with the Hessian along random signs. Taken once a step, whoever asks.</summary>
    public ReadOnlySpan<T> EstimateHessianDiagonal()
    {
        run.Diagonal.Estimate();
        return run.Diagonal.Values.Span;
    }

    /// <summary>Where <see cref="EstimateHessianDiagonal"/> leaves its numbers.</summary>
    internal Tensor<T> HessianDiagonal => run.Diagonal.Values;

    /// <summary>Lets the wrapped rule take its step with the gradients in place.</summary>
    public void StepWrapped() => Array.ForEach(wrapped, static x => x.Step());

    /// <summary>Lets the wrapped rule move the parameters to where it wants the gradient.</summary>
    public void LookAheadWrapped() => Array.ForEach(wrapped, static x => x.LookAhead());

    /// <summary>Lets the wrapped rule move the parameters to where they are evaluated.</summary>
    public void MoveWrappedToEvaluation() => Array.ForEach(wrapped, static x => x.MoveToEvaluation());
}
