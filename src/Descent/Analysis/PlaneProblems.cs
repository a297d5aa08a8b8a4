using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Functions of two parameters (x, y), shaped [1, 2], that can be drawn as a map of contours.</summary>
static class PlaneProblems
{
    public static IReadOnlyList<TestProblem> All { get; } =
    [
        Plane("rosenbrock", "(1 − x)² + 100·(y − x²)²", (-1.2, 1), [(1, 1)], (x, y) =>
        {
            double r = y - (x * x);
            return (((1 - x) * (1 - x)) + (100 * r * r), (-2 * (1 - x)) - (400 * x * r), 200 * r);
        }, (x, y) => (2 - (400 * y) + (1200 * x * x), -400 * x, 200)),
        Plane("beale", "(1.5 − x + x·y)² + (2.25 − x + x·y²)² + (2.625 − x + x·y³)²", (1, 1), [(3, 0.5)], (x, y) =>
        {
            double r1 = 1.5 - x + (x * y), r2 = 2.25 - x + (x * y * y), r3 = 2.625 - x + (x * y * y * y);
            double dx = 2 * ((r1 * (y - 1)) + (r2 * ((y * y) - 1)) + (r3 * ((y * y * y) - 1)));
            double dy = 2 * x * (r1 + (2 * r2 * y) + (3 * r3 * y * y));
            return ((r1 * r1) + (r2 * r2) + (r3 * r3), dx, dy);
        }, (x, y) =>
        {
            double r1 = 1.5 - x + (x * y), r2 = 2.25 - x + (x * y * y), r3 = 2.625 - x + (x * y * y * y);
            double a1 = y - 1, a2 = (y * y) - 1, a3 = (y * y * y) - 1, b1 = x, b2 = 2 * x * y, b3 = 3 * x * y * y;
            return (2 * ((a1 * a1) + (a2 * a2) + (a3 * a3)), 2 * ((a1 * b1) + r1 + (a2 * b2) + (r2 * 2 * y) + (a3 * b3) + (r3 * 3 * y * y)),
                2 * ((b1 * b1) + (b2 * b2) + (r2 * 2 * x) + (b3 * b3) + (r3 * 6 * x * y)));
        }),
        Plane("himmelblau", "(x² + y − 11)² + (x + y² − 7)²", (0, 0),
            [(3, 2), (-2.8051180869527448, 3.1313125182505730),
                (-3.7793102533777469, -3.2831859912861694), (3.5844283403304917, -1.8481265269644034)],
            (x, y) =>
            {
                double r1 = (x * x) + y - 11, r2 = x + (y * y) - 7;
                return ((r1 * r1) + (r2 * r2), (4 * r1 * x) + (2 * r2), (2 * r1) + (4 * r2 * y));
            }, (x, y) => ((12 * x * x) + (4 * y) - 42, 4 * (x + y), (12 * y * y) + (4 * x) - 26)),
        Plane("rastrigin", "20 + x² − 10·cos 2πx + y² − 10·cos 2πy", (-2, 3.5), [(0, 0)], (x, y) =>
        {
            double a = 2 * Math.PI * x, b = 2 * Math.PI * y;
            return (20 + (x * x) - (10 * Math.Cos(a)) + (y * y) - (10 * Math.Cos(b)),
                (2 * x) + (20 * Math.PI * Math.Sin(a)), (2 * y) + (20 * Math.PI * Math.Sin(b)));
        }, (x, y) => (2 + (40 * Math.PI * Math.PI * Math.Cos(2 * Math.PI * x)), 0, 2 + (40 * Math.PI * Math.PI * Math.Cos(2 * Math.PI * y)))),
        Plane("booth", "(x + 2y − 7)² + (2x + y − 5)²", (-5, -5), [(1, 3)], (x, y) =>
        {
            double r1 = x + (2 * y) - 7, r2 = (2 * x) + y - 5;
            return ((r1 * r1) + (r2 * r2), (2 * r1) + (4 * r2), (4 * r1) + (2 * r2));
        }, (_, _) => (10, 8, 10)),
        Plane("ravine", "x²/2 + 50·y²", (-10, 1), [(0, 0)], (x, y) => ((0.5 * x * x) + (50 * y * y), x, 100 * y),
            (_, _) => (1, 0, 100)),
        Plane("saddle", "x² − y²", (1, 0.001), [], (x, y) => ((x * x) - (y * y), 2 * x, -2 * y), (_, _) => (2, 0, -2)),
    ];

    static TestProblem Plane(string name, string formula, (double X, double Y) start, (double X, double Y)[] minima,
        Func<double, double, (double Loss, double Dx, double Dy)> evaluate, Func<double, double, (double Dxx, double Dxy, double Dyy)> curvature) =>
        new(name, formula, new Shape(1, 2), [start.X, start.Y], [.. minima.Select(x => new[] { x.X, x.Y })], (w, _, gradient) =>
        {
            var (loss, dx, dy) = evaluate(w[0], w[1]);
            (gradient[0], gradient[1]) = (dx, dy);
            return loss;
        }, (w, _, hessian) =>
        {
            var (dxx, dxy, dyy) = curvature(w[0], w[1]);
            (hessian[0], hessian[1], hessian[2], hessian[3]) = (dxx, dxy, dxy, dyy);
        });
}
