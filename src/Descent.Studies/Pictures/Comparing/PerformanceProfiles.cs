using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Statistics.Profiles;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>How times stand to the fastest at each seed.</summary>
sealed class PerformanceProfiles : IPicture
{
    public string Name => "profiles";

    public string Shows => "The share of seeds at which an optimizer takes at most τ times as many steps to the target as the fastest at that seed.";

    public string? Missing(PictureStudy study) => ComparedStudy.Missing(study, Name, needsTarget: true);

    public Figure Draw(PictureStudy study)
    {
        var comparison = ComparedStudy.Of(study);
        var profiles = Profiles(comparison);
        return new()
        {
            Data = [.. profiles.Select(Curve)],
            Layout = new()
            {
                Title = $"Steps to the target in {study.Name} against the fastest at each seed",
                Subtitle = $"Over {profiles[0].Ratios.Count} seeds. High at 1 is often fastest, high at 4 is seldom far behind; a missed target is infinitely far. The scores "
                    + "are relative to these optimizers.",
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "τ, times the steps of the fastest", Minimum = 1, Maximum = PerformanceProfile.Largest },
                        Y = new() { Title = "share of seeds", Format = ValueFormat.Percent, Minimum = 0, Maximum = 1 },
                    },
                ],
            },
        };
    }

    /// <summary>Each seed at which somebody reached the target is a problem.</summary>
    static IReadOnlyList<PerformanceProfile> Profiles(Comparison comparison)
    {
        var optimizers = comparison.Ranking.Concat(comparison.Left).ToList();
        var seeds = optimizers.SelectMany(x => x.Finals).Where(trial => trial.IsResult).Select(trial => trial.Seed).Distinct();
        var times = seeds.Select(seed => (IReadOnlyList<double>)[.. optimizers.Select(x => x.Finals.FirstOrDefault(trial => trial.Seed == seed && trial.IsResult) is { } trial
            && Clock.Steps.TimeOf(trial, comparison.Request.Target!.Value, comparison.Request.TargetSplit) is { Outcome: TargetOutcome.Reached } time ? time.Time
                : double.PositiveInfinity)]).Where(row => row.Any(double.IsFinite)).ToList();
        return PerformanceProfile.Of([.. optimizers.Select(x => x.Label)], times);
    }

    static ScatterTrace Curve(PerformanceProfile profile, int place)
    {
        double[] ratios = [.. profile.Ratios.Where(ratio => ratio <= PerformanceProfile.Largest).Distinct().Order()];
        double at1 = profile.At(1);
        var (x, y) = (new List<double> { 1 }, new List<double> { at1 });
        foreach (double ratio in ratios.Where(ratio => ratio > 1))
        {
            x.AddRange([ratio, ratio]);
            y.AddRange([y[^1], profile.At(ratio)]);
        }

        return new()
        {
            Name = $"{profile.Label}, score {Numbers.Fixed(profile.Score, 2)}",
            Mode = ScatterMode.Lines,
            X = (double[])[.. x, PerformanceProfile.Largest],
            Y = (double[])[.. y, y[^1]],
            Line = Palette.Line(place),
        };
    }
}
