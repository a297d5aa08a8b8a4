using Descent.Analysis;

namespace Descent.Studies.Pictures;

/// <summary>The part of the plane that a picture of paths shows: start, minima and the paths, of which a far flight is cut off.</summary>
sealed record PlaneWindow(double Left, double Right, double Bottom, double Top)
{
    const double Margin = 0.1, LeastSpan = 1e-6, LeastShape = 0.65;

    /// <summary>How far beyond start and minima paths are followed, in spans of these.</summary>
    const double Reach = 1.5;

    public double Width => Right - Left;

    public double Height => Top - Bottom;

    public static PlaneWindow Of(TestProblem problem, IReadOnlyList<Trajectory> paths)
    {
        var ((left, right), (bottom, top)) = (Span(problem, paths, 0), Span(problem, paths, 1));

        // A path along one axis alone still has surroundings.
        double least = Math.Max(LeastSpan, LeastShape * Math.Max(right - left, top - bottom));
        (left, right) = Widened(left, right, least);
        (bottom, top) = Widened(bottom, top, least);
        return new(left, right, bottom, top);
    }

    /// <summary>So many numbers from one end to the other.</summary>
    public double[] Columns(int count) => Evenly(Left, Right, count);

    public double[] Rows(int count) => Evenly(Bottom, Top, count);

    static (double Low, double High) Span(TestProblem problem, IReadOnlyList<Trajectory> paths, int axis)
    {
        double[] fixedPoints = [.. paths.Where(path => path.Steps.Count > 0).Select(path => path.Steps[0].Parameters[axis]),
            problem.Start[axis], .. problem.Minima.Select(point => point[axis])];
        double low = fixedPoints.Min(), high = fixedPoints.Max(), far = Reach * Math.Max(high - low, 1);
        var near = paths.SelectMany(path => path.Steps).Select(step => Math.Clamp(step.Parameters[axis], low - far, high + far));
        return (near.Append(low).Min(), near.Append(high).Max());
    }

    static (double, double) Widened(double low, double high, double least)
    {
        double missing = Math.Max(0, least - (high - low)) / 2, room = Margin * Math.Max(high - low, least);
        return (low - missing - room, high + missing + room);
    }

    static double[] Evenly(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];
}
