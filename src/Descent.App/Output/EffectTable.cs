using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>The averages over each hyperparameter, one table each.</summary>
static class EffectTable
{
    public static void Write(IReadOnlyList<TrialResult> trials, Terminal terminal)
    {
        var heldOut = HeldOut.Of(trials);
        var effects = MarginalEffect.Of(trials, heldOut);
        if (effects.Count == 0)
        {
            terminal.Out.WriteLine("All trials have one setting: there is nothing to average over.");
            return;
        }

        foreach (var effect in effects)
        {
            var table = new TextTable(new(effect.Key), new($"Final {heldOut.Split} %", ColumnKind.Number), new($"Best {heldOut.Split} %", ColumnKind.Number),
                new("Trials", ColumnKind.Number), new("Diverged", ColumnKind.Number));
            foreach (var value in effect.Values)
            {
                _ = table.Row(value.Value, SummaryText.Sample(value.FinalAccuracy, 100), SummaryText.Sample(value.BestAccuracy, 100), $"{value.Trials}",
                    $"{value.Diverged}");
            }

            table.Write(terminal);
        }

        terminal.Out.WriteLine(" Means ± standard deviations (n − 1) over all complete trials that have the value, whatever else they have.");
    }
}
