using System.Numerics;
using Descent.Analysis;
using Descent.App.Commands;
using Descent.App.Evaluations;
using Descent.App.Options;
using Descent.Formats;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.App.Analyses;

/// <summary>Measures the landscape that a call of <c>landscape</c> asks for.</summary>
sealed class LandscapeRun<T>(Invocation invocation, LandscapeOptions options, AnalysisSource source, Executor executor, AnalysisProgress progress) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double Margin = 0.15;

    /// <exception cref="BadInputException">Directions have the norm zero, or what was asked for does not go together.</exception>
    public LandscapeReport Run()
    {
        using var parameters = source.Parameters<T>();
        using var field = source.Field(executor, parameters);
        field.Progress = progress;
        var origin = ParameterPoint.Of(parameters);
        double norm = origin.Norm();
        var optimizers = options.Optimizers(invocation);
        if (invocation.Get(options.To) is { } to)
        {
            return Between(field, parameters, CheckpointArgument.Resolve(invocation, to), norm);
        }

        if (optimizers.Count > 0)
        {
            return InOwnPlane(field, origin, Paths(optimizers), norm);
        }

        var directions = invocation.Get(options.Directions);
        if (invocation.Get(options.Trajectory) is { Length: > 0 } trajectory)
        {
            OptimizerPath<T>[] path = [Trajectory(trajectory, origin)];
            return directions is null or LandscapeOptions.Pca ? InOwnPlane(field, origin, path, norm)
                : throw new BadInputException($"--trajectory with --directions {directions}: a trajectory is drawn in the plane of its principal components (pca).");
        }

        return directions != LandscapeOptions.Pca ? InDirections(field, parameters, directions ?? LandscapeOptions.Filter, norm)
            : throw new BadInputException("--directions pca are those of a trajectory: give --trajectory or --optimizers.");
    }

    LandscapeReport Between(LossField<T> field, Parameters<T> from, string file, double norm)
    {
        using var to = new Parameters<T>(source.Model.Parameters, source.Model.Statistics);
        WeightsFile.Load(file, to);
        double reach = invocation.Get(options.To) is not null && options.Radius(invocation) is { } radius ? radius : 0.5;
        double[] x = Landscape.Between(-reach, 1 + reach, options.Points(invocation));
        var landscape = LandscapeGrid.Interpolation(field, from, to, x, invocation.Cancellation);
        return new(source, landscape, $"from the checkpoint (0) to {Path.GetFileName(file)} (1)", norm, [], [], null);
    }

    LandscapeReport InDirections(LossField<T> field, Parameters<T> parameters, string directions, double norm)
    {
        var (first, second) = directions == LandscapeOptions.Random
            ? LandscapeDirections.Random(parameters, source.Seed) : LandscapeDirections.FilterNormalized(parameters, source.Seed);
        double[] x = Landscape.Centered(options.Radius(invocation) ?? 1, options.Points(invocation));
        double[] y = invocation.Get(options.IsLine) ? [0] : x;
        var origin = ParameterPoint.Of(parameters);
        var landscape = LandscapeGrid.Plane(field, origin, first, second, x, y, invocation.Cancellation);
        string label = directions == LandscapeOptions.Random ? $"random, seed {source.Seed}" : $"random, filter-normalized, seed {source.Seed}";
        return new(source, landscape, label, norm, [], [], y.Length == 1 ? null : LandscapeDirections.Cosine(first, second));
    }

    /// <summary>The plane of the principal components of all points of all paths, through the origin.</summary>
    LandscapeReport InOwnPlane(LossField<T> field, ParameterPoint<T> origin, IReadOnlyList<OptimizerPath<T>> paths, double norm)
    {
        double unit = norm > 0 ? norm : 1;
        var points = paths.SelectMany(path => path.Points).ToList();
        var plane = TrajectoryPlane.Of([.. points.Select(point => point.ToDoubles())], origin.ToDoubles());
        T[] first = Direction(plane.First), second = Direction(plane.Second);
        var at = plane.Points.Select(point => (X: point.First / unit, Y: point.Second / unit)).ToList();
        double[] losses = LandscapeGrid.Points(field, points, invocation.Cancellation);
        double[] below = LandscapeGrid.InPlane(field, origin, first, second, at, invocation.Cancellation);
        var landscape = LandscapeGrid.Plane(field, origin, first, second, Span([.. at.Select(x => x.X)]), Span([.. at.Select(x => x.Y)]), invocation.Cancellation);
        List<PathInPlane> drawn = [];
        int start = 0;
        foreach (var path in paths)
        {
            drawn.Add(new(path.Name, [.. Enumerable.Range(0, path.Points.Count).Select(i => new PathPoint(path.Label(i), at[start + i].X, at[start + i].Y,
                plane.Points[start + i].Distance / unit, losses[start + i], below[start + i]))]));
            start += path.Points.Count;
        }

        return new(source, landscape, "the first two principal components of the trajectories, in norms of the origin's parameters", norm, drawn, plane.Shares, null);

        T[] Direction(double[] component) => [.. component.Select(x => T.CreateTruncating(x * unit))];
    }

    /// <summary>From one end of the coordinates to the other with a margin, the origin's 0 among them.</summary>
    double[] Span(double[] coordinates)
    {
        int count = options.Points(invocation);
        if (options.Radius(invocation) is { } radius)
        {
            return Landscape.Centered(radius, count);
        }

        double low = Math.Min(0, coordinates.Min()), high = Math.Max(0, coordinates.Max()), margin = Margin * (high - low);
        return Landscape.Between(low - margin, high + margin, count);
    }

    /// <summary>The points of a training, the checkpoint itself last.</summary>
    OptimizerPath<T> Trajectory(string[] given, ParameterPoint<T> last)
    {
        string[] files = [.. given.SelectMany(text => CheckpointArgument.ResolveAll(invocation, text))];
        List<ParameterPoint<T>> points = [.. files.Select(source.Point<T>)];
        List<long> numbers = [.. Enumerable.Range(1, files.Length).Select(i => (long)i)];
        if (points.Count == 0 || !points[^1].Values.AsSpan().SequenceEqual(last.Values))
        {
            points.Add(last);
            numbers.Add(numbers.Count + 1);
        }

        return new("trajectory", numbers, points) { Unit = "point" };
    }

    List<OptimizerPath<T>> Paths(IReadOnlyList<string> names)
    {
        var catalog = invocation.Optimizers();
        var values = new RuleValues(ModelOptions.ForRules(invocation), [.. names.Select(name => (name, catalog.Find(name)))]);
        return [.. names.Select(name => OptimizerPath<T>.Run(name, values.Create(name), source, options.Steps(invocation), options.Every(invocation), executor,
            invocation.Terminal.Time, invocation.Cancellation))];
    }
}
