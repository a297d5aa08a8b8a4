using Descent.Studies.Statistics;

namespace Descent.Studies.Protocols;

/// <summary>A target that baselines fix: of the best of them, the median over the seeds of the best validation accuracy of a training (AlgoPerf, arXiv:2306.07179).</summary>
/// <param name="Value">Rounded down to six digits, so that the median training itself meets it.</param>
/// <param name="Baseline">The best.</param>
/// <param name="Seeds">Its trainings.</param>
public sealed record BaselineTarget(double Value, string Baseline, int Seeds)
{
    const decimal Digits = 1_000_000;

    /// <param name="workload">For messages.</param>
    /// <param name="trials">Of all baselines, each at one setting.</param>
    /// <exception cref="BadInputException">No training has a result.</exception>
    public static BaselineTarget Of(string workload, IReadOnlyList<TrialResult> trials)
    {
        var medians = trials.Where(trial => trial.IsResult).GroupBy(trial => trial.Optimizer)
            .Select(same => (Label: same.Key, Best: same.Select(HeldOut.Validation.BestAccuracy).OfType<double>().ToList()))
            .Where(x => x.Best.Count > 0).Select(x => (x.Label, x.Best.Count, Median: Location.Median(x.Best))).ToList();
        if (medians.Count == 0)
        {
            throw new BadInputException($"{workload} has no target: no baseline has a validation accuracy; give one, as in target: 0.9.");
        }

        var (label, count, median) = medians.MaxBy(x => x.Median);
        return new((double)(decimal.Floor((decimal)median * Digits) / Digits), label, count);
    }
}
