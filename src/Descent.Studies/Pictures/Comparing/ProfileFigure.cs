using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Statistics.Profiles;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>How times stand to the fastest of each problem, a problem being a seed of a workload.</summary>
public static class ProfileFigure
{
    /// <summary>Its name.</summary>
    public const string Picture = "profiles";

    /// <summary>Over the seeds of one study.</summary>
    public static Figure Of(Comparison comparison) => Draw(comparison.Request.Study, "seed", Labels(comparison), [comparison]);

    /// <summary>Over the seeds of all workloads.</summary>
    public static Figure Of(ProtocolComparison protocol) =>
        Draw(protocol.Name, $"seed of {Verdict.Count(protocol.Workloads.Count, "workload")}", protocol.Labels, [.. protocol.Workloads.Select(x => x.Comparison)]);

    internal static IReadOnlyList<PerformanceProfile> Profiles(IReadOnlyList<string> labels, IReadOnlyList<Comparison> comparisons) =>
        PerformanceProfile.Of(labels, [.. comparisons.SelectMany(comparison => Problems(comparison, labels))]);

    static string[] Labels(Comparison comparison) => [.. comparison.Ranking.Concat(comparison.Left).Select(x => x.Label)];

    static IEnumerable<IReadOnlyList<double>> Problems(Comparison comparison, IReadOnlyList<string> labels)
    {
        var finals = comparison.Ranking.Concat(comparison.Left).ToDictionary(x => x.Label, x => x.Finals.Where(trial => trial.IsResult).ToDictionary(trial => trial.Seed));
        var seeds = labels.SelectMany(label => finals[label].Keys).Distinct().Order();
        return seeds.Select(seed => (IReadOnlyList<double>)[.. labels.Select(label => finals[label].GetValueOrDefault(seed) is { } trial && comparison.Request.Target is { } target
            && Clock.Steps.TimeOf(trial, target, comparison.Request.TargetSplit) is { Outcome: TargetOutcome.Reached } time ? time.Time : double.PositiveInfinity)]);
    }

    static Figure Draw(string name, string problem, IReadOnlyList<string> labels, IReadOnlyList<Comparison> comparisons)
    {
        var profiles = Profiles(labels, comparisons);
        return new()
        {
            Data = [.. profiles.Select(Curve)],
            Layout = new()
            {
                Title = $"Steps to the target in {name} against the fastest at each {problem}",
                Subtitle = $"Over {profiles[0].Ratios.Count} trainings of each. High at 1 is often fastest, high at 4 is seldom far behind; a missed target is infinitely far. Behind each name the area "
                    + "under its curve, from 0 to 1. All is relative to these optimizers.",
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "τ, times the steps of the fastest", Minimum = 1, Maximum = PerformanceProfile.Largest },
                        Y = new() { Title = "share of trainings", Format = ValueFormat.Percent, Minimum = 0, Maximum = 1 },
                    },
                ],
            },
        };
    }

    static ScatterTrace Curve(PerformanceProfile profile, int place)
    {
        double[] ratios = [.. profile.Ratios.Where(ratio => ratio is > 1 and <= PerformanceProfile.Largest).Distinct().Order()];
        var (x, y) = (new List<double> { 1 }, new List<double> { profile.At(1) });
        foreach (double ratio in ratios)
        {
            x.AddRange([ratio, ratio]);
            y.AddRange([y[^1], profile.At(ratio)]);
        }

        return new()
        {
            Name = $"{profile.Label}, {Numbers.Fixed(profile.Score, 2)}",
            Mode = ScatterMode.Lines,
            X = (double[])[.. x, PerformanceProfile.Largest],
            Y = (double[])[.. y, y[^1]],
            Line = Palette.Line(place),
        };
    }
}
