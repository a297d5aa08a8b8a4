namespace Descent.Studies.Statistics.Survival;

/// <summary>The share of trainings that have met their target by a time, by Aalen and Johansen's estimator (Scandinavian Journal of Statistics 5, 1978); where
/// nothing diverged it is one minus Kaplan and Meier's (Journal of the American Statistical Association 53, 1958).</summary>
/// <remarks>At each time with d₁ arrivals, d₂ divergences and n trainings still under way, the share that reached grows by S·d₁/n, where S, the share with neither
/// outcome so far, then shrinks by the factor 1 − (d₁ + d₂)/n. A censored training leaves after the outcomes of its own time.</remarks>
/// <param name="Times">Times with an outcome, ascending.</param>
/// <param name="Reached">The share that has met the target by each of them.</param>
/// <param name="Diverged">The share that has diverged.</param>
/// <param name="AtRisk">Trainings under way just before.</param>
/// <param name="Trials">All.</param>
public sealed record CumulativeIncidence(
    IReadOnlyList<double> Times, IReadOnlyList<double> Reached, IReadOnlyList<double> Diverged, IReadOnlyList<int> AtRisk, IReadOnlyList<TargetTime> Trials)
{
    public static CumulativeIncidence Of(IReadOnlyList<TargetTime> trials)
    {
        var (times, reached, diverged, atRisk) = (new List<double>(), new List<double>(), new List<double>(), new List<int>());
        double still = 1, arrived = 0, lost = 0;
        int left = trials.Count;
        foreach (var now in trials.GroupBy(trial => trial.Time).OrderBy(same => same.Key))
        {
            int arrivals = now.Count(trial => trial.Outcome == TargetOutcome.Reached), losses = now.Count(trial => trial.Outcome == TargetOutcome.Diverged);
            if (arrivals + losses > 0)
            {
                arrived += still * arrivals / left;
                lost += still * losses / left;
                still *= 1 - ((double)(arrivals + losses) / left);
                times.Add(now.Key);
                reached.Add(arrived);
                diverged.Add(lost);
                atRisk.Add(left);
            }

            left -= now.Count();
        }

        return new(times, reached, diverged, atRisk, trials);
    }

    /// <summary>The share that has met the target by a time.</summary>
    public double ReachedBy(double time) => At(Reached, time);

    /// <summary>The share that has diverged by a time.</summary>
    public double DivergedBy(double time) => At(Diverged, time);

    /// <summary>When half have met the target; null where the share never gets there. As in R, the mean of two times between which the share is exactly
    /// one half.</summary>
    public double? Median
    {
        get
        {
            const double Half = 0.5, Rounding = 1e-12;
            int first = FirstAt(Half - Rounding);
            int beyond = FirstAt(Half + Rounding);
            return first < 0 ? null : first == beyond ? Times[first] : beyond < 0 ? Times[first] : 0.5 * (Times[first] + Times[beyond]);
        }
    }

    /// <summary>Greenwood's standard error of the share at each time; of Kaplan and Meier's estimator alone, so null where something diverged.</summary>
    public IReadOnlyList<double>? Errors
    {
        get
        {
            if (Trials.Any(trial => trial.Outcome == TargetOutcome.Diverged))
            {
                return null;
            }

            double sum = 0;
            var errors = new List<double>();
            foreach (var (i, time) in Times.Index())
            {
                int arrivals = Trials.Count(trial => trial.Outcome == TargetOutcome.Reached && trial.Time == time);
                sum += (double)arrivals / ((double)AtRisk[i] * (AtRisk[i] - arrivals));
                errors.Add(Reached[i] < 1 ? (1 - Reached[i]) * Math.Sqrt(sum) : double.NaN);
            }

            return errors;
        }
    }

    int FirstAt(double share) => Reached.Index().Where(x => x.Item >= share).Select(x => x.Index).DefaultIfEmpty(-1).First();

    double At(IReadOnlyList<double> share, double time)
    {
        int last = Times.Count - 1;
        while (last >= 0 && Times[last] > time)
        {
            last--;
        }

        return last < 0 ? 0 : share[last];
    }
}
