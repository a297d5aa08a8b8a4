using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>Something of a trial as lines over a hyperparameter, the mean over the complete trials with a band.</summary>
static class SweepLines
{
    /// <param name="value">Null where the trial has none.</param>
    public static IEnumerable<Trace> Of(PictureStudy study, IReadOnlyList<Sweep> sweeps, ValueFormat format, Func<TrialResult, double?> value, int panel,
        string key)
    {
        foreach (var sweep in sweeps)
        {
            var points = sweep.Points.Select(point => (point.Value, Sample: SampleStatistics.Of(point.Complete.Select(value).OfType<double>())))
                .Where(point => point.Sample.Count > 0).ToList();
            if (points.Count == 0)
            {
                continue;
            }

            var line = new ScatterTrace
            {
                Name = sweep.Label,
                Panel = panel,
                X = points.Select(point => point.Value).ToArray(),
                Y = points.Select(point => point.Sample.Mean).ToArray(),
                Mode = ScatterMode.LinesAndMarkers,
                Line = Palette.Line(sweep.Place),
                Marker = Palette.Marker(sweep.Place),
                HoverText = [.. points.Select(point => $"{sweep.Label}\n{key} {Numbers.Significant(point.Value)}: {Text(point.Sample, format)}")],
            };
            var edges = points.Select(point => Edges(study, point.Sample)).ToList();
            var traces = points.Exists(point => point.Sample.Count > 1)
                ? Band.Around(line, [.. edges.Select(edge => edge.Low)], [.. edges.Select(edge => edge.High)]) : [line];
            foreach (var trace in traces)
            {
                yield return trace;
            }
        }
    }

    /// <summary>What the bands span, as a sentence.</summary>
    public static string Legend(PictureStudy study, IReadOnlyList<Sweep> sweeps)
    {
        bool isMixed = sweeps.Any(sweep => sweep.IsMixed);
        string repeat = isMixed ? "trial" : study.Repeat;
        string mean = $"Means over the complete {repeat}s{(isMixed ? " of an optimizer that have the value, whatever else they have" : "")}";
        return IsDeviation(study) ? $"{mean}; bands are one standard deviation (n − 1) to either side." : $"{mean}; bands go from the smallest {repeat} to the largest.";
    }

    static bool IsDeviation(PictureStudy study) => (study.Band ?? SeedBand.Extremes) == SeedBand.Deviation;

    static (double Low, double High) Edges(PictureStudy study, SampleStatistics sample) => IsDeviation(study)
        ? (sample.Mean - (sample.StandardDeviation ?? 0), sample.Mean + (sample.StandardDeviation ?? 0))
        : (sample.Minimum, sample.Maximum);

    static string Text(SampleStatistics sample, ValueFormat format)
    {
        string mean = Value(sample.Mean);
        return sample.Count == 1 ? mean : $"{mean} ({Value(sample.Minimum)} to {Value(sample.Maximum)}), {sample.Count} trials";

        string Value(double value) => format == ValueFormat.Percent ? Numbers.Percent(value) : Numbers.Significant(value);
    }
}
