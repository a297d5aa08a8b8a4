using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>A line search by cubic interpolation: first outwards to a bracket, then inwards, until loss and slope meet Wolfe's strong
/// conditions.</summary>
/// <remarks>Nocedal and Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6, in the form of minFunc and PyTorch.</remarks>
sealed class StrongWolfe<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double Decrease = 1e-4, Flattening = 0.9;

    // Of a bracket, in parameter units: the search ends. PyTorch does not hand its own tolerance of the change down to the search.
    const double ShortestBracket = 1e-9;

    const int MostEvaluations = 25;

    readonly StepContext<V, T> step;
    readonly ParameterSpace<T> space;
    readonly ParameterVector<T> gradient, direction, origin;
    readonly ParameterVector<T>[] trials;
    readonly Point[] bracket = new Point[2];

    /// <param name="arena">Outlives the search.</param>
    /// <param name="gradient">That of the start, and of the end.</param>
    public StrongWolfe(StepContext<V, T> step, ParameterSpace<T> space, Arena arena, ParameterVector<T> gradient, ParameterVector<T> direction)
    {
        (this.step, this.space, this.gradient, this.direction) = (step, space, gradient, direction);
        origin = space.Allocate(arena);
        trials = [space.Allocate(arena), space.Allocate(arena), space.Allocate(arena)];
    }

    /// <summary>Moves the parameters along the direction and leaves the gradient there. Returns the number of gradients taken.</summary>
    /// <param name="t">The length to try first; then the one found.</param>
    /// <param name="loss">At the start; then at the end.</param>
    /// <param name="slope">Of the loss along the direction, at the start.</param>
    public int Run(ref double t, ref double loss, double slope)
    {
        space.Copy(space.Values, origin);
        int evaluations = 0;
        var found = Search(new Point(0, loss, slope, -1), t, ref evaluations);
        space.Copy(origin, space.Values);
        space.Add(found.T, direction, space.Values);
        (t, loss) = (found.T, found.Loss);
        if (found.Trial >= 0)
        {
            space.Copy(trials[found.Trial], gradient);
        }

        return evaluations;
    }

    /// <summary>Outwards, until a bracket holds a good point or one is met on the way.</summary>
    Point Search(Point start, double t, ref int evaluations)
    {
        Point previous = start, present = Evaluate(t, start, start, ref evaluations);
        for (int iteration = 0; iteration < MostEvaluations; iteration++)
        {
            if (IsTooHigh(present, start) || (iteration > 1 && present.Loss >= previous.Loss))
            {
                return Zoom(start, previous, present, iteration, ref evaluations);
            }

            if (IsFlat(present, start))
            {
                return present;
            }

            if (present.Slope >= 0)
            {
                return Zoom(start, previous, present, iteration, ref evaluations);
            }

            double next = Cubic(previous, present, present.T + (0.01 * (present.T - previous.T)), present.T * 10);
            previous = present;
            present = Evaluate(next, previous, previous, ref evaluations);
        }

        return start.Loss <= present.Loss ? start : present;
    }

    /// <summary>Inwards: one end of the bracket is the best point so far, the other comes nearer.</summary>
    Point Zoom(Point start, Point first, Point second, int iteration, ref int evaluations)
    {
        double width = space.LargestMagnitude(direction);
        bool isProgressPoor = false, isDone = false;
        (bracket[0], bracket[1]) = (first, second);
        int low = first.Loss <= second.Loss ? 0 : 1;
        for (; !isDone && iteration < MostEvaluations && Math.Abs(bracket[1].T - bracket[0].T) * width >= ShortestBracket; iteration++)
        {
            var trial = Evaluate(NextInside(ref isProgressPoor), bracket[0], bracket[1], ref evaluations);
            if (IsTooHigh(trial, start) || trial.Loss >= bracket[low].Loss)
            {
                bracket[1 - low] = trial;
                low = bracket[0].Loss <= bracket[1].Loss ? 0 : 1;
                continue;
            }

            isDone = IsFlat(trial, start);
            if (!isDone && trial.Slope * (bracket[1 - low].T - bracket[low].T) >= 0)
            {
                bracket[1 - low] = bracket[low];
            }

            bracket[low] = trial;
        }

        return bracket[low];
    }

    /// <summary>The length to try next; a tenth of the bracket away from its ends where it came close to one twice.</summary>
    double NextInside(ref bool isProgressPoor)
    {
        double least = Math.Min(bracket[0].T, bracket[1].T), most = Math.Max(bracket[0].T, bracket[1].T), margin = 0.1 * (most - least);
        double t = Cubic(bracket[0], bracket[1], least, most);
        if (Math.Min(most - t, t - least) >= margin)
        {
            isProgressPoor = false;
        }
        else if (isProgressPoor || t >= most || t <= least)
        {
            isProgressPoor = false;
            return Math.Abs(t - most) < Math.Abs(t - least) ? most - margin : least + margin;
        }
        else
        {
            isProgressPoor = true;
        }

        return t;
    }

    /// <summary>Where the cubic through two points with their slopes is least, between the bounds.</summary>
    static double Cubic(Point a, Point b, double least, double most)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Loss - b.Loss) / (a.T - b.T)), square = (d1 * d1) - (a.Slope * b.Slope);
        if (!(square >= 0))
        {
            return (least + most) / 2;
        }

        double d2 = Math.Sqrt(square);
        double t = a.T <= b.T ? b.T - ((b.T - a.T) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))))
            : a.T - ((a.T - b.T) * ((a.Slope + d2 - d1) / (a.Slope - b.Slope + (2 * d2))));
        return Math.Min(Math.Max(t, least), most);
    }

    static bool IsTooHigh(Point point, Point start) => point.Loss > start.Loss + (Decrease * point.T * start.Slope);

    static bool IsFlat(Point point, Point start) => Math.Abs(point.Slope) <= -Flattening * start.Slope;

    /// <summary>Loss, slope and gradient at a length; the gradient goes where neither of two points has its own.</summary>
    Point Evaluate(double t, Point one, Point other, ref int evaluations)
    {
        int trial = 0;
        while (trial == one.Trial || trial == other.Trial)
        {
            trial++;
        }

        space.Copy(origin, space.Values);
        space.Add(t, direction, space.Values);
        double loss = step.EvaluateGradient();
        evaluations++;
        space.Scale(step.GradientScale, space.Gradients, trials[trial]);
        return new Point(t, loss, space.Dot(trials[trial], direction), trial);
    }

    /// <param name="Slope">Of the loss along the direction.</param>
    /// <param name="Trial">Which vector holds the gradient; −1 for the start.</param>
    readonly record struct Point(double T, double Loss, double Slope, int Trial);
}
