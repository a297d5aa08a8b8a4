namespace Descent.Studies.Statistics.Profiles;

/// <summary>How the times of one optimizer stand to the fastest of each workload (Dolan and Moré, Mathematical Programming 91, 2002). All such numbers are relative
/// to the field: one more optimizer may change them all.</summary>
/// <param name="Label">The optimizer's.</param>
/// <param name="Ratios">Its time over the fastest one, a workload each; infinite where it missed the target.</param>
public sealed record PerformanceProfile(string Label, IReadOnlyList<double> Ratios)
{
    /// <summary>AlgoPerf's largest ratio that still counts (arXiv:2306.07179).</summary>
    public const double Largest = 4;

    /// <summary>The share of workloads on which it takes at most τ times as long as the fastest.</summary>
    public double At(double ratio) => (double)Ratios.Count(x => x <= ratio) / Ratios.Count;

    /// <summary>AlgoPerf's score, ∫₁⁴ ρ(τ) dτ / 3, in closed form: the mean over workloads of max(0, (4 − r)/3).</summary>
    public double Score => Ratios.Sum(ratio => Math.Max(0, (Largest - ratio) / (Largest - 1))) / Ratios.Count;

    /// <param name="labels">The optimizers.</param>
    /// <param name="times">[workload][optimizer]: 0 or above; infinite where the target was missed. A workload on which all missed it tells nothing apart and gives
    /// everyone an infinite ratio.</param>
    public static IReadOnlyList<PerformanceProfile> Of(IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<double>> times) =>
    [
        .. labels.Select((label, place) => new PerformanceProfile(label,
            [.. times.Select(workload => double.IsInfinity(workload[place]) ? double.PositiveInfinity : Ratio(workload[place], workload.Min()))])),
    ];

    /// <summary>Who stands at the target before the first step is as fast as anybody there.</summary>
    static double Ratio(double time, double fastest) => time == fastest ? 1 : time / fastest;
}
