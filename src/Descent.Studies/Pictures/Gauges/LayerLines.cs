using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>What a gauge reads of each layer, as lines along training: means over the complete seeds.</summary>
/// <param name="study">Whose trials.</param>
/// <param name="gauge">Its name.</param>
/// <param name="prefix">Of its metrics, behind which the layers stand.</param>
sealed class LayerLines(PictureStudy study, string gauge, string prefix)
{
    const int MostSettings = 4, MostLayers = 8;
    const double Thin = 1.6;

    readonly List<DrawnSetting> all = [.. study.Drawn.Where(drawn => drawn.Setting.Trials.Any(trial => Gauge.HasRead(trial, gauge)))];

    /// <summary>Those with readings, the first ones where there are many.</summary>
    public IReadOnlyList<DrawnSetting> Settings => [.. all.Take(MostSettings)];

    /// <summary>What is left out, as the end of a subtitle.</summary>
    public string Left => (Layers.Count < Names.Count ? $" {Layers.Count} of {Names.Count} are shown, from the first to the last." : "")
        + (all.Count > MostSettings ? $" The first {MostSettings} of {study.Summary.Settings.Count} settings; --where chooses others." : study.Left);

    /// <summary>The first, the last and some between, evenly.</summary>
    public IReadOnlyList<string> Layers => Names.Count <= MostLayers ? Names
        : [.. Enumerable.Range(0, MostLayers).Select(i => Names[(int)Math.Round(i * (Names.Count - 1) / (double)(MostLayers - 1))])];

    List<string> Names => [.. Settings.SelectMany(x => x.Setting.Trials).SelectMany(trial => trial.Gauges).Where(x => x.Gauge == gauge).SelectMany(x => x.Metrics)
        .Where(x => x.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(x => x.Name[prefix.Length..]).Distinct()];

    /// <summary>A line for each layer.</summary>
    /// <param name="metric">In place of the prefix.</param>
    /// <param name="panel">Counted from 1; the first has the legend.</param>
    /// <param name="unit">Multiplies what was read: 100 for percent.</param>
    public IEnumerable<ScatterTrace> Lines(DrawnSetting drawn, string metric, int panel, double unit = 1) => Layers.Select((layer, place) =>
    {
        var trials = drawn.Setting.In(TrialState.Complete).ToList();
        var curve = SeedCurve.Of([.. (trials.Count > 0 ? trials : drawn.Setting.Trials.Take(1)).Select(trial => Gauge.Columns(trial, gauge, metric + layer))
            .Where(columns => columns.X.Length > 0)]);
        return new ScatterTrace
        {
            Name = layer,
            Panel = panel,
            ShowsLegend = panel == 1,
            X = curve.X,
            Y = curve.Mean.Select(y => y * unit).ToArray(),
            Line = new(Palette.Color(place), Thin, Palette.DashOf(place)),
            HoverText = [.. curve.X.Zip(curve.Mean, (x, y) => $"{layer}\nstep {Numbers.Significant(x, 7)}: {Numbers.Significant(y * unit)}")],
        };
    });
}
