using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>What steps cost in time and memory.</summary>
static class CostSection
{
    public static PageSection Of(Comparison comparison) => new("Cost",
        "Milliseconds of training a step (mean over the complete trials); gradients a step, a product with the Hessian counted as two; operations of the network a step; and what the "
            + "rule keeps beside parameters and gradient.",
        [new("Optimizer", false), new("ms a step"), new("±"), new("Gradients a step"), new("MFLOPs a step"), new("State, kB"), new("Numbers a parameter")],
        [
            .. comparison.Costs.Select(x => (IReadOnlyList<string>)
            [
                x.Optimizer.Label, Cells.Number(x.Seconds.Count == 0 ? null : 1000 * x.Seconds.Mean), Cells.Number(1000 * x.Seconds.StandardDeviation),
                Cells.Number(x.Gradients.Count > 0 ? x.Gradients.Mean : null), Cells.Number(x.FlopsPerStep / 1e6), Cells.Number(x.Cost?.StateBytes / 1e3), Numbers(x),
            ]),
        ]);

    static string Numbers(StepCost x)
    {
        int element = x.Optimizer.Finals.Any(trial => trial.AllSettings.Contains(new("precision", "float64"))) ? sizeof(double) : sizeof(float);
        return x.Cost is { } cost ? Cells.Number((double)cost.StateBytes / element / cost.Parameters) : SummaryText.None;
    }
}
