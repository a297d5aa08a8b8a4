using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;

namespace Descent.Studies.Results.Sections;

/// <summary>The mean over the parameters of their gradients' norms, at both ends of training and in between.</summary>
static class GradientNormsSection
{
    /// <summary>Null where no trial measured it.</summary>
    public static PageSection? Of(StudySummary summary)
    {
        // Steps are read from the store when they are asked for: only of trials that have measured it, which have their weights too.
        var rows = summary.Settings.Select(setting => (setting, norms: setting.In(TrialState.Complete).Where(trial => trial.InitialWeights.Count > 0)
            .Select(trial => trial.Steps.MeanGradientNorm).Where(norms => !norms.IsEmpty).ToList())).Where(row => row.norms.Count > 0).ToList();
        return rows.Count == 0 ? null : new("Gradient norms", "Mean over the parameters of the Euclidean norms of their gradients, before clipping; means over the complete seeds.",
            [new("Setting", false), new("First step"), new("All steps"), new("Last step")],
            [
                .. rows.Select(row => (IReadOnlyList<string>)
                [
                    row.setting.Label, Mean(row.norms, norms => norms.Span[0]), Mean(row.norms, norms => norms.ToArray().Average()), Mean(row.norms, norms => norms.Span[^1]),
                ]),
            ]);
    }

    static string Mean(IReadOnlyList<ReadOnlyMemory<double>> trials, Func<ReadOnlyMemory<double>, double> value) => Numbers.Significant(trials.Average(value));
}
