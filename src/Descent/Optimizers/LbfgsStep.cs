using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The arithmetic of a step of <see cref="Lbfgs"/>.</summary>
sealed class LbfgsStep<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double SmallestCurvature = 1e-10;

    readonly Lbfgs rule;
    readonly StepContext<V, T> step;
    readonly ParameterSpace<T> space;
    readonly Arena arena = new();
    readonly ParameterVector<T> gradient, direction, previous, y, s;
    readonly ParameterVector<T>[] oldY, oldS;
    readonly double[] alpha, rho;
    readonly StrongWolfe<V, T>? search;
    readonly int history;

    public LbfgsStep(Lbfgs rule, StepContext<V, T> step)
    {
        (this.rule, this.step, history) = (rule, step, (int)rule.HistorySize);
        space = new ParameterSpace<T>(step.Parameters, step.Executor);
        (direction, previous) = (space.State("d"), space.State("prev_flat_grad"));
        (y, s, gradient) = (space.Allocate(arena), space.Allocate(arena), space.Allocate(arena));
        oldY = [.. Enumerable.Range(0, history).Select(i => space.Row("old_dirs", i))];
        oldS = [.. Enumerable.Range(0, history).Select(i => space.Row("old_stps", i))];
        alpha = new double[history];
        // Not remembered: the same bits follow from the pairs.
        rho = [.. Enumerable.Range(0, history).Select(i => i < (int)step.Scalar("pairs") ? 1 / space.Dot(oldY[i], oldS[i]) : 0)];
        search = rule.LineSearch == "none" ? null : new StrongWolfe<V, T>(step, space, arena, gradient, direction);
    }

    public void Run()
    {
        int limit = rule.MaxEvaluations > 0 ? (int)rule.MaxEvaluations : (int)rule.MaxIterations * 5 / 4, evaluations = 1;
        double loss = step.Loss;
        space.Scale(step.GradientScale, space.Gradients, gradient);
        if (space.LargestMagnitude(gradient) <= rule.ToleranceGradient)
        {
            return;
        }

        for (int iteration = 1; iteration <= (int)rule.MaxIterations; iteration++)
        {
            double t = Aim(), before = loss, slope = space.Dot(gradient, direction);
            if (slope > -rule.ToleranceChange)
            {
                return;
            }

            evaluations += search is null ? Move(t, iteration < (int)rule.MaxIterations, ref loss) : search.Run(ref t, ref loss, slope);
            step.SetScalar("t", t);
            if (evaluations >= limit || space.LargestMagnitude(gradient) <= rule.ToleranceGradient
                || Math.Abs(t) * space.LargestMagnitude(direction) <= rule.ToleranceChange || Math.Abs(loss - before) < rule.ToleranceChange)
            {
                return;
            }
        }
    }

    public void Dispose() => arena.Dispose();

    /// <summary>Sets the direction and returns the length to try first.</summary>
    double Aim()
    {
        double rate = rule.LearningRate * step.ScheduleFactor, iterations = step.Scalar("n_iter") + 1;
        step.SetScalar("n_iter", iterations);
        if (iterations == 1)
        {
            space.Scale(-1, gradient, direction);
            step.SetScalar("h_diag", 1);
            rate *= Math.Min(1, 1 / space.SumOfMagnitudes(gradient));
        }
        else
        {
            Remember();
            Multiply();
        }

        space.Copy(gradient, previous);
        step.SetScalar("t", rate);
        return rate;
    }

    /// <summary>Takes the pair of the last iteration in, in the oldest one's place where there is no room.</summary>
    void Remember()
    {
        space.Copy(gradient, y);
        space.Add(-1, previous, y);
        space.Scale(step.Scalar("t"), direction, s);
        double curvature = space.Dot(y, s);
        if (curvature > SmallestCurvature)
        {
            int newest = ((int)step.Scalar("newest") + 1) % history, pairs = Math.Min(history, (int)step.Scalar("pairs") + 1);
            newest = pairs == 1 ? 0 : newest;
            space.Copy(y, oldY[newest]);
            space.Copy(s, oldS[newest]);
            rho[newest] = 1 / curvature;
            step.SetScalar("newest", newest);
            step.SetScalar("pairs", pairs);
            step.SetScalar("h_diag", curvature / space.Dot(y, y));
        }
    }

    /// <summary>direction = −H·gradient, by the two loops.</summary>
    void Multiply()
    {
        int newest = (int)step.Scalar("newest"), pairs = (int)step.Scalar("pairs");
        space.Scale(-1, gradient, direction);
        for (int back = 0; back < pairs; back++)
        {
            int i = (newest - back + history) % history;
            alpha[i] = space.Dot(oldS[i], direction) * rho[i];
            space.Add(-alpha[i], oldY[i], direction);
        }

        space.Scale(step.Scalar("h_diag"), direction, direction);
        for (int back = pairs - 1; back >= 0; back--)
        {
            int i = (newest - back + history) % history;
            space.Add(alpha[i] - (space.Dot(oldY[i], direction) * rho[i]), oldS[i], direction);
        }
    }

    /// <summary>Goes the whole length; the gradient there is wanted unless the step ends. Returns the number of gradients taken.</summary>
    int Move(double t, bool isGradientWanted, ref double loss)
    {
        space.Add(t, direction, space.Values);
        if (!isGradientWanted)
        {
            return 0;
        }

        loss = step.EvaluateGradient();
        space.Scale(step.GradientScale, space.Gradients, gradient);
        return 1;
    }
}
