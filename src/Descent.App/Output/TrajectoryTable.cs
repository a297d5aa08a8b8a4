using Descent.Analysis;

namespace Descent.App.Output;

/// <summary>Trajectories for people: where each began and ended, and, of a single one, some points between.</summary>
static class TrajectoryTable
{
    const int PlaneDimension = 2;

    public static void Write(IReadOnlyList<Trajectory> paths, TestProblem problem, Terminal terminal)
    {
        terminal.Out.WriteLine($"{problem.Name}: {problem.Formula}");
        terminal.Out.WriteLine();
        var rules = new FactSheet();
        foreach (var x in paths)
        {
            _ = rules.Add(x.Optimizer, string.Join(' ', x.Hyperparameters.Select(y => $"{y.Key}={Hyperparameter.Text(y.Value)}")));
        }

        rules.Write(terminal);
        terminal.Out.WriteLine();
        WriteEnds(paths, problem, terminal);
        if (paths is [var path])
        {
            terminal.Out.WriteLine();
            WritePoints(path, problem, terminal);
        }
    }

    static void WriteEnds(IReadOnlyList<Trajectory> paths, TestProblem problem, Terminal terminal)
    {
        var table = new TextTable(new("Optimizer", ColumnKind.Name), new("Steps", ColumnKind.Number), new("Loss", ColumnKind.Number),
            new("Gradient norm", ColumnKind.Number), new("To the minimum", ColumnKind.Number), new(""));
        foreach (var path in paths)
        {
            var last = path.Steps.Count > 0 ? path.Steps[^1] : null;
            table.Row(path.Optimizer, Format.Count(last?.Step ?? 0), Format.Number(last?.Loss), Format.Number(last?.GradientNorm),
                Format.Number(Distance(last, problem)), path.DivergedAt is { } step ? $"diverged at step {step}" : "");
        }

        table.Write(terminal);
    }

    static void WritePoints(Trajectory path, TestProblem problem, Terminal terminal)
    {
        bool isPlane = problem.Dimension == PlaneDimension;
        string[] axes = isPlane ? ["x", "y"] : ["‖w‖"];
        var table = new TextTable([new("Step", ColumnKind.Number), new("Loss", ColumnKind.Number), new("Gradient norm", ColumnKind.Number),
            .. axes.Select(axis => new TextColumn(axis, ColumnKind.Number))]);
        foreach (var point in path.Steps.Where(point => IsShown(point.Step) || point == path.Steps[^1]))
        {
            double[] place = isPlane ? [.. point.Parameters] : [Math.Sqrt(point.Parameters.Sum(x => x * x))];
            table.Row([Format.Count(point.Step), Format.Number(point.Loss), Format.Number(point.GradientNorm),
                .. place.Select(x => Format.Number(x))]);
        }

        table.Write(terminal);
    }

    /// <summary>0 to 5, then 10, 20, 50, 100, 200, 500 and so on.</summary>
    static bool IsShown(int step)
    {
        while (step > 5 && step % 10 == 0)
        {
            step /= 10;
        }

        return step <= 5 && step is not (3 or 4);
    }

    /// <summary>To the nearest of the known minima; null where none is known.</summary>
    static double? Distance(TrajectoryStep? point, TestProblem problem) => point is null || problem.Minima.Count == 0 ? null
        : problem.Minima.Min(minimum => Math.Sqrt(minimum.Zip(point.Parameters, (a, b) => (a - b) * (a - b)).Sum()));
}
