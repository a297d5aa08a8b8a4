using Descent.App.Output;
using Descent.Optimizers;

namespace Descent.App.Catalogs;

/// <summary>The update rules, as their records and documentation comments describe them.</summary>
/// <param name="all">Those that there are.</param>
sealed class Optimizers(OptimizerCatalog all) : Catalog
{
    public override string Kind => "optimizers";

    public override IEnumerable<string> Names => all.Optimizers.Select(rule => rule.Name);

    /// <summary>A rule around another one is described too, under both their names.</summary>
    public override bool Knows(string name) => base.Knows(name) || (name.Split('+') is { Length: > 1 } parts && parts.All(Names.Contains));

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Optimizer", ColumnKind.Name), new("What it is"), new("Hyperparameters and defaults"),
            new("States", ColumnKind.Number));
        foreach (var rule in all.Optimizers)
        {
            table.Row(rule.Name, rule.Summary,
                string.Join(", ", rule.Hyperparameters.Select(x => $"{x.Name}={Hyperparameter.Text(x.Default)}")), $"{rule.States.Count}");
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        var rule = all.Find(name);
        Painter.WriteText(terminal, $"{rule.Name}: {rule.Summary}".TrimEnd(' ', ':'));
        terminal.Out.WriteLine();
        foreach (string paragraph in rule.Remarks.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            new FactSheet().Add("", IsFormula(paragraph) ? paragraph.Replace("; ", "\n", StringComparison.Ordinal) : paragraph)
                .Write(terminal);
            terminal.Out.WriteLine();
        }

        new FactSheet().Add("Source", rule.Source).Add("State", State(rule)).Add("Search space", SearchSpace(rule)).Write(terminal);
        terminal.Out.WriteLine();
        var table = new TextTable(new("Hyperparameter", ColumnKind.Name), new("Default", ColumnKind.Number), new("Range", ColumnKind.Name),
            new("Meaning"));
        foreach (var hyperparameter in rule.Hyperparameters)
        {
            table.Row(hyperparameter.Name, Hyperparameter.Text(hyperparameter.Default), hyperparameter.Allowed,
                hyperparameter.Documentation);
        }

        table.Write(terminal);
        WriteCosts(rule, terminal);
        WriteForms(rule, terminal);
    }

    public override object ToJson(string name)
    {
        var rule = all.Find(name);
        return new Entry(rule.Name, rule.Summary, rule.Remarks, rule.Source, rule.States, StateBytes(rule, sizeof(float)),
            [.. rule.Hyperparameters.Select(x => new HyperparameterEntry(x.Name, x.Default, x.Allowed, x.Documentation))],
            rule.FormOf, rule.Difference, [.. all.RelativesOf(rule).Select(x => x.Name)], OptimizerCosts.Of(rule.Name));
    }

    /// <summary>What a step was measured to cost; nothing for a rule of somebody's own.</summary>
    static void WriteCosts(OptimizerDescription rule, Terminal terminal)
    {
        var costs = OptimizerCosts.Of(rule.Name);
        if (costs.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        Painter.WriteText(terminal, $"A step in float32 with the defaults, measured on {OptimizerCosts.Machine}:");
        var table = new TextTable(new("Parameters", ColumnKind.Number), new("Of", ColumnKind.Name), new("Threads", ColumnKind.Number),
            new("ns a parameter", ColumnKind.Number), new("GB/s", ColumnKind.Number), new("Of a copy", ColumnKind.Number),
            new("PyTorch takes", ColumnKind.Number), new("Of a training step", ColumnKind.Number));
        foreach (var cost in costs)
        {
            table.Row(cost.Parameters.Replace("m", " million", StringComparison.Ordinal), cost.Workload, $"{cost.Threads}", Format.Number(cost.Nanoseconds),
                Format.Number(cost.GigabytesPerSecond), $"{Format.Number(cost.OfACopy)}×", cost.OfPyTorch is { } ratio ? $"{Format.Number(ratio)}×" : "–",
                Format.Percent(cost.ShareOfStep));
        }

        table.Write(terminal);
        if (costs[0].FurtherGradients > 0)
        {
            Painter.WriteText(terminal, $"Gradients that the rule itself asks for at a step, a product with the Hessian counted as two: "
                + $"{Format.Number(costs[0].FurtherGradients)}. They are part of the shares, not of the times.");
        }
    }

    /// <summary>The forms that frameworks and papers give one name, and how each differs from the rule that they all come from.</summary>
    void WriteForms(OptimizerDescription rule, Terminal terminal)
    {
        var relatives = all.RelativesOf(rule);
        if (relatives.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        string origin = rule.FormOf ?? rule.Name;
        var table = new TextTable(new("Form", ColumnKind.Name), new($"Differs from {origin}"));
        foreach (var form in relatives.Append(rule).Where(x => x.FormOf is not null).OrderBy(x => x.Name, StringComparer.Ordinal))
        {
            table.Row(form.Name, form.Difference!);
        }

        table.Write(terminal);
    }

    /// <summary>Then each assignment gets a line of its own.</summary>
    static bool IsFormula(string paragraph) => paragraph.Contains('←');

    static string State(OptimizerDescription rule) => rule.States.Count == 0 ? "none with the defaults"
        : $"{string.Join(", ", rule.States)}: {Format.Number(StateBytes(rule, sizeof(float)))} bytes a parameter in float32, "
            + $"{Format.Number(StateBytes(rule, sizeof(double)))} in float64, of a weight [512, 512]";

    static double StateBytes(OptimizerDescription rule, int size) =>
        OptimizerMemory.StateNumbersPerParameter(rule.Create(new Dictionary<string, object>())) * size;

    /// <summary>What protocols search, for every workload alike.</summary>
    static string SearchSpace(OptimizerDescription rule) => string.Join("; ", rule.Hyperparameters.Where(x => x.Searched is not null).Select(x =>
        $"{x.Name} from {Hyperparameter.Text(x.Searched!.From)} to {Hyperparameter.Text(x.Searched.To)}, {(x.Searched.IsComplement ? $"1 − {x.Name} by factors" : "by factors")}"));

    /// <param name="StateBytes">A parameter of a weight [512, 512], in float32, with the default hyperparameters.</param>
    /// <param name="FormOf">The rule that this one is a form of; null where it stands for itself.</param>
    /// <param name="Difference">From that rule, in a phrase.</param>
    /// <param name="Relatives">That rule and its other forms.</param>
    /// <param name="Costs">Of a step, as measured; empty for a rule that was not.</param>
    sealed record Entry(string Name, string Summary, string Remarks, string Source, IReadOnlyList<string> States, double StateBytes,
        HyperparameterEntry[] Hyperparameters, string? FormOf, string? Difference, IReadOnlyList<string> Relatives,
        IReadOnlyList<OptimizerCost> Costs);

    sealed record HyperparameterEntry(string Name, object Default, string Range, string Meaning);
}
