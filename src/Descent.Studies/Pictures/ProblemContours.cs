using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>The losses of a problem of two parameters as contours.</summary>
static class ProblemContours
{
    const int Points = 181;

    public static ContourTrace Of(TestProblem problem, PlaneWindow window)
    {
        double[] x = window.Columns(Points), y = window.Rows(Points), gradient = new double[2];
        return LossContours.Of(x, y, [.. y.Select(top => Array.ConvertAll(x, left => problem.Evaluate([left, top], 0, gradient)))]);
    }
}
