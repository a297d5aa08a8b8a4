using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>Readings of trials as columns.</summary>
static class Gauge
{
    /// <summary>The readings of a metric that are numbers; empty where there are none.</summary>
    public static (double[] X, double[] Y) Columns(TrialResult trial, string gauge, string metric)
    {
        if (trial.Gauges.FirstOrDefault(x => x.Gauge == gauge) is not { } series || series[metric] is not { } values)
        {
            return ([], []);
        }

        var read = series.Steps.Zip(values).Where(x => double.IsFinite(x.Second)).ToList();
        return ([.. read.Select(x => (double)x.First)], [.. read.Select(x => x.Second)]);
    }

    public static bool HasRead(TrialResult trial, string gauge) => trial.Gauges.Any(x => x.Gauge == gauge);

    public static string? Missing(PictureStudy study, string picture, string gauge) => study.Trials.Any(trial => HasRead(trial, gauge)) ? null
        : $"{picture} needs what the gauge {gauge} reads, and no trial of {study.Name} has recorded it: gauges: {{ {gauge}: {{ every: 100 }} }} in the study.";
}
