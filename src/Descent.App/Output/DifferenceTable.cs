using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.App.Output;

/// <summary>Two rules side by side for people: where they part, why, and how the gap grows.</summary>
static class DifferenceTable
{
    /// <param name="difference">What was measured.</param>
    /// <param name="stream">Whose gradients the rules took, as it ends a sentence.</param>
    /// <param name="rules">The two.</param>
    /// <param name="terminal">Where to print.</param>
    public static void Write(RuleDifference difference, string stream, (OptimizerDescription First, OptimizerDescription Second) rules,
        Terminal terminal)
    {
        var (first, second) = (difference.First, difference.Second);
        Painter.WriteText(terminal, $"{first.Optimizer} and {second.Optimizer} on {first.Problem}, {difference.Steps.Count} steps in {first.Precision}, {stream}");
        terminal.Out.WriteLine();
        new FactSheet().Add("First", Told(first)).Add("Second", Told(second)).Add("Difference", Reason(rules)).Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, Parting(difference));
        if (difference.Steps.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        var table = new TextTable(new("Step", ColumnKind.Number), new("Gap", ColumnKind.Number), new("Of the way", ColumnKind.Number),
            new("First step's length", ColumnKind.Number), new("Second's", ColumnKind.Number));
        foreach (var step in difference.Steps.Where(step => IsShown(step, difference)))
        {
            table.Row(Format.Count(step.Step), Format.Number(step.Gap), Format.Number(step.RelativeGap), Format.Number(step.FirstStepLength),
                Format.Number(step.SecondStepLength));
        }

        table.Write(terminal);
    }

    /// <summary>What the form's description says, where one rule is a form of the other or both are of a third.</summary>
    public static string? Reason((OptimizerDescription First, OptimizerDescription Second) rules)
    {
        string[] told = [.. new[] { rules.First, rules.Second }.Where(rule => rule.FormOf is { } origin
            && (origin == rules.First.Name || origin == rules.Second.Name || rules.First.FormOf == rules.Second.FormOf))
            .DistinctBy(rule => rule.Name).Select(rule => $"{rule.Name} differs from {rule.FormOf}: {rule.Difference}")];
        return told.Length == 0 ? null : string.Join('\n', told);
    }

    static string Parting(RuleDifference difference)
    {
        var (steps, largest) = (difference.Steps, difference.Steps.Select(step => step.RelativeGap).DefaultIfEmpty(0).Max());
        string equal = difference.EqualBitsUntil > 0 ? $" Up to step {difference.EqualBitsUntil} they have the same bits." : "";
        if (difference.EqualBitsUntil == steps.Count)
        {
            return "They do not part: every step has the same bits.";
        }

        if (difference.PartsAtStep is not { } parts)
        {
            return $"They do not part: the gap stays within {Format.Number(largest)} of the way, which is rounding.{equal}";
        }

        string end = $"after step {steps[^1].Step} the gap is {Format.Number(100 * steps[^1].RelativeGap)} % of the way that {difference.First.Optimizer} has come";
        var ended = difference.First.DivergedAt is not null ? difference.First : difference.Second.DivergedAt is not null ? difference.Second : null;
        string diverged = ended is null ? "" : $" Then {ended.Optimizer} diverges.";
        return $"They part at step {parts}; {end}.{equal}{diverged}";
    }

    static string Told(Trajectory path) =>
        $"{path.Optimizer} {string.Join(' ', path.Hyperparameters.Select(x => $"{x.Key}={Hyperparameter.Text(x.Value)}"))}";

    /// <summary>1 to 5, then 10, 20, 50, 100 and so on; the last; the parting and its neighbours.</summary>
    static bool IsShown(DifferenceStep step, RuleDifference difference)
    {
        int digits = step.Step;
        while (digits > 5 && digits % 10 == 0)
        {
            digits /= 10;
        }

        return step.Step <= 5 || digits is 1 or 2 or 5 || step == difference.Steps[^1]
            || (difference.PartsAtStep is { } parts && Math.Abs(step.Step - parts) <= 1);
    }
}
