using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>The plane through a point in which the points of trajectories vary most.</summary>
/// <param name="First">Of unit length: the first principal component, its largest element by magnitude positive.</param>
/// <param name="Second">The second, likewise.</param>
/// <param name="Shares">The shares of the points' variance along the two.</param>
/// <param name="Points">In the order of the points.</param>
public sealed record TrajectoryPlane(double[] First, double[] Second, IReadOnlyList<double> Shares, IReadOnlyList<PlanePoint> Points)
{
    // A direction that rounding alone gives is none.
    const double Rounding = 1e-14;

    /// <summary>Principal components of the points, taken about their mean, from the eigenvectors of the matrix of their products: as many rows as points.</summary>
    /// <param name="points">At least three, all of one length.</param>
    /// <param name="origin">A point of the plane; coordinates and distances count from it.</param>
    /// <exception cref="BadInputException">The points lie on a line, or are one.</exception>
    public static TrajectoryPlane Of(IReadOnlyList<double[]> points, double[] origin)
    {
        double[] mean = Mean(points);
        double[][] centered = [.. points.Select(point => Difference(point, mean))];
        var products = new Products(centered);
        VectorWidth.Run<double, Products>(ref products);
        var (values, vectors) = (products.Values, products.Vectors);
        double total = values.Sum();
        if (points.Count < 3 || values[^2] <= Rounding * Math.Max(values[^1], double.Epsilon))
        {
            throw new BadInputException($"{points.Count} points span no plane: the trajectory needs three that do not lie on a line.");
        }

        double[] first = Component(centered, vectors[^1]), second = Component(centered, vectors[^2]);
        return new(first, second, [values[^1] / total, values[^2] / total], [.. points.Select(point => PlanePoint.Of(Difference(point, origin), first, second))]);
    }

    static double[] Mean(IReadOnlyList<double[]> points)
    {
        double[] mean = new double[points[0].Length];
        foreach (double[] point in points)
        {
            TensorPrimitives.Add(mean, point, mean);
        }

        TensorPrimitives.Divide(mean, points.Count, mean);
        return mean;
    }

    static double[] Difference(double[] a, double[] b)
    {
        double[] difference = new double[a.Length];
        TensorPrimitives.Subtract(a, b, difference);
        return difference;
    }

    /// <summary>The combination of the points by an eigenvector, of unit length.</summary>
    static double[] Component(double[][] points, double[] weights)
    {
        double[] sum = new double[points[0].Length];
        for (int i = 0; i < points.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(points[i], weights[i], sum, sum);
        }

        double norm = TensorPrimitives.Norm<double>(sum);
        TensorPrimitives.Divide(sum, sum[TensorPrimitives.IndexOfMaxMagnitude<double>(sum)] < 0 ? -norm : norm, sum);
        return sum;
    }

    /// <summary>The eigenvalues and eigenvectors of the matrix of all products, rising.</summary>
    struct Products(double[][] points) : IVectorAction<double>
    {
        public double[] Values { get; private set; } = [];

        public double[][] Vectors { get; private set; } = [];

        public void Run<V>() where V : struct, IVector<V, double>
        {
            int count = points.Length;
            using var pool = new WorkerPool(1);
            using var executor = pool.CreateExecutor();
            using var arena = new Arena();
            var matrix = arena.Allocate<double>(new Shape(count, count));
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix.Span[(i * count) + j] = matrix.Span[(j * count) + i] = TensorPrimitives.Dot(points[i], points[j]);
                }
            }

            var eigen = new SymmetricEigen<V, double>(new DecompositionMemory<V, double>(arena, count), executor, count);
            eigen.Run(matrix);
            Values = [.. eigen.Values];
            var vectors = eigen.Vectors.Span;
            Vectors = new double[count][];
            for (int i = 0; i < count; i++)
            {
                Vectors[i] = vectors.Slice(i * count, count).ToArray();
            }
        }
    }
}

/// <summary>Where a point lies with respect to a plane, in the units of the parameters.</summary>
/// <param name="Distance">From the plane.</param>
public readonly record struct PlanePoint(double First, double Second, double Distance)
{
    /// <param name="way">From the plane's origin to the point.</param>
    internal static PlanePoint Of(double[] way, double[] first, double[] second)
    {
        double a = TensorPrimitives.Dot(way, first), b = TensorPrimitives.Dot(way, second);
        double[] rest = new double[way.Length];
        TensorPrimitives.MultiplyAdd(first, -a, way, rest);
        TensorPrimitives.MultiplyAdd(second, -b, rest, rest);
        return new(a, b, TensorPrimitives.Norm<double>(rest));
    }
}
