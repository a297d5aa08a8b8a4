using Descent.App.Output;
using Descent.Schedules;

namespace Descent.App.Catalogs;

/// <summary>The schedules, as their records and documentation comments describe them, each with its curve.</summary>
sealed class Schedules : Catalog
{
    const int DrawnSteps = 1000, WidestCurve = 72, CurveHeight = 8, BesideCurve = 8;

    static readonly RecordCatalog<ISchedule> All = ScheduleCatalog.Default;

    public override string Kind => "schedules";

    public override IEnumerable<string> Names => All.Names;

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Schedule", ColumnKind.Name), new("What it is"), new("Hyperparameters and defaults"));
        foreach (var schedule in All.All)
        {
            table.Row(schedule.Name, schedule.Summary,
                string.Join(", ", schedule.Hyperparameters.Select(x => $"{x.Name}={Hyperparameter.Text(x.Default)}")));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, $"All have {string.Join(" and ", SchedulePlan.Common.Select(x => x.Name))} too. "
            + "As in: --set schedule=cosine --set schedule.warmup=500, or in a study file schedule: { name: cosine, warmup: 500 }");
    }

    public override void Describe(string name, Terminal terminal)
    {
        var schedule = All.Find(name);
        RecordPage.Write(schedule, terminal);
        terminal.Out.WriteLine();
        var plan = SchedulePlan.Create(name, new Dictionary<string, object>());
        RecordPage.WriteHyperparameters([.. schedule.Hyperparameters, .. SchedulePlan.Common],
            x => x.Name == "warmup" ? plan.Warmup : x.Default, terminal);
        terminal.Out.WriteLine();
        Draw(plan, terminal);
    }

    public override object ToJson(string name)
    {
        var schedule = All.Find(name);
        var plan = SchedulePlan.Create(name, new Dictionary<string, object>());
        return new Entry(schedule.Name, schedule.Summary, schedule.Remarks, schedule.Source,
            [.. schedule.Hyperparameters.Concat(SchedulePlan.Common).Select(x =>
                new HyperparameterEntry(x.Name, x.Name == "warmup" ? plan.Warmup : x.Default, x.Allowed, x.Documentation))]);
    }

    static void Draw(SchedulePlan plan, Terminal terminal)
    {
        var run = new ScheduleRun(plan, DrawnSteps, DrawnSteps);
        if (run.Monitor is { } monitor)
        {
            terminal.Out.WriteLine($"It has no curve: it goes by {monitor}.");
            return;
        }

        int width = Math.Clamp(terminal.Width - BesideCurve, 10, WidestCurve);
        double[] factors = [.. Enumerable.Range(0, width).Select(column => run.Factor((long)column * DrawnSteps / width))];
        terminal.Out.WriteLine($"With the defaults, over {Format.Count(DrawnSteps)} steps:");
        AreaPlot.Write(factors, CurveHeight, terminal.Out);
    }

    sealed record Entry(string Name, string Summary, string Remarks, string Source, HyperparameterEntry[] Hyperparameters);

    sealed record HyperparameterEntry(string Name, object Default, string Range, string Meaning);
}
