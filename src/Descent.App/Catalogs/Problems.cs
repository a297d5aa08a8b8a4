using Descent.Analysis;
using Descent.App.Output;

namespace Descent.App.Catalogs;

/// <summary>The test problems of <c>trajectory</c>.</summary>
sealed class Problems : Catalog
{
    public override string Kind => "problems";

    public override IEnumerable<string> Names => TestProblem.All.Select(problem => problem.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Problem", ColumnKind.Name), new("Loss"), new("Parameters", ColumnKind.Number), new("Start"),
            new("Minima"));
        foreach (var problem in TestProblem.All)
        {
            table.Row(problem.Name, problem.Formula, $"{problem.Dimension}", Point(problem.Start), Minima(problem));
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        var problem = TestProblem.Find(name);
        Painter.WriteText(terminal, $"{problem.Name}: {problem.Formula}");
        new FactSheet()
            .Add("Parameters", $"{problem.Dimension}, as {problem.Shape}")
            .Add("Start", string.Join(", ", problem.Start.Select(Number)))
            .Add("Minima", problem.Minima.Count == 0 ? "none known" : string.Join('\n',
                problem.Minima.Select(x => string.Join(", ", x.Select(Number)))))
            .Write(terminal);
    }

    public override object ToJson(string name)
    {
        var problem = TestProblem.Find(name);
        return new Entry(problem.Name, problem.Formula, problem.Shape.ToArray(), problem.Start, problem.Minima);
    }

    static string Point(IReadOnlyList<double> point) =>
        point.Count <= 2 ? $"({string.Join(", ", point.Select(Number))})" : $"{Number(point[0])} … {Number(point[^1])}";

    static string Minima(TestProblem problem) =>
        problem.Minima.Count == 0 ? Format.Nothing : string.Join(' ', problem.Minima.Select(Point));

    static string Number(double number) => Format.Number(number);

    sealed record Entry(string Name, string Formula, int[] Shape, IReadOnlyList<double> Start, IReadOnlyList<IReadOnlyList<double>> Minima);
}
