using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>One quantity of all drawn settings: the mean over the complete seeds with a band, and every other trial as a thin line of its
/// own, so that no mean mixes trials that went different ways.</summary>
/// <param name="drawn">The settings.</param>
/// <param name="quantity">What is drawn of each.</param>
/// <param name="band">What bands span; null leaves it to the number of seeds.</param>
/// <param name="repeat">What the trials of a setting are: <c>seed</c>, or <c>trial</c> where trials of several settings stand together.</param>
sealed class CurveFigure(IReadOnlyList<DrawnSetting> drawn, Quantity quantity, SeedBand? band = null, string repeat = "seed")
{
    const double ThinLine = 1.1, NoisyLine = 1.6;
    const int FewPoints = 12;

    readonly IReadOnlyList<(DrawnSetting Setting, SeedCurve Curve)> curves =
    [
        .. drawn.Select(setting => (setting, curve: Mean(setting, quantity, band))).Where(x => x.curve.X.Length > 0),
    ];

    readonly IReadOnlyList<(DrawnSetting Setting, TrialResult Trial, double[] X, double[] Y)> loners =
    [
        .. drawn.SelectMany(setting => setting.Setting.Trials.Where(trial => trial.State != TrialState.Complete)
            .Select(trial => (setting, trial, columns: quantity.Columns(trial)))).Where(x => x.columns.X.Length > 0)
            .Select(x => (x.setting, x.trial, x.columns.X, x.columns.Y)),
    ];

    /// <summary>What the axis must show: the bands, or the single trials where no setting has a complete one.</summary>
    public IEnumerable<double> Values => (curves.Count > 0
        ? curves.SelectMany(x => x.Curve.Lower.Concat(x.Curve.Upper))
        : loners.SelectMany(x => x.Y)).Where(double.IsFinite);

    /// <summary>Where the curves end.</summary>
    public IEnumerable<double> Last => curves.Select(x => x.Curve.Lower[^1]);

    public bool HasLoners => loners.Count > 0;

    /// <summary>What the lines and the bands are.</summary>
    public string Legend
    {
        get
        {
            var bands = curves.Where(x => x.Curve.Seeds > 1).Select(x => x.Curve.Band).Distinct().Order().Select(Described);
            string mean = curves.Count == 0 ? ""
                : curves.All(x => x.Curve.Seeds == 1) ? $"Each line is one {repeat}."
                : $"Lines are means over the complete {repeat}s; {string.Join($", or with five {repeat}s and more, ", bands)}.";
            string average = quantity.Width == 1 ? "" : $" Each value is the mean of {Numbers.Fixed(quantity.Width, 0)} consecutive steps.";
            string thin = !HasLoners ? ""
                : " Thin lines are single trials that are not complete; × is the last point on the axis of one that diverged.";
            return mean + average + thin;
        }
    }

    /// <summary>The traces of a chart whose y axis ends at the given value, or ends with its data when that is null.</summary>
    public IEnumerable<Trace> Traces(double? maximum) =>
        loners.SelectMany(x => Alone(x.Setting, x.Trial, x.X, x.Y, maximum)).Concat(curves.SelectMany(x => OfSeeds(x.Setting, x.Curve)));

    /// <summary>A trial that is not complete. It stands for its setting in the legend when no complete one does.</summary>
    IEnumerable<Trace> Alone(DrawnSetting setting, TrialResult trial, double[] x, double[] y, double? maximum)
    {
        bool isNamed = curves.All(curve => curve.Setting != setting) && loners.First(loner => loner.Setting == setting).Trial == trial;
        string text = $"{setting.Setting.Label}, seed {trial.Seed}: {SummaryText.State(trial)}";
        yield return new ScatterTrace
        {
            Name = isNamed ? setting.Setting.Label : text,
            ShowsLegend = isNamed,
            X = x,
            Y = y,
            Line = LineOf(setting) with { Width = ThinLine },
            HoverText = [.. x.Select(_ => text)],
        };
        int last = Array.FindLastIndex(y, value => value <= (maximum ?? double.MaxValue) && double.IsFinite(value));
        if (trial.State == TrialState.Diverged && last >= 0)
        {
            yield return new ScatterTrace
            {
                Name = text,
                ShowsLegend = false,
                X = new[] { x[last] },
                Y = new[] { y[last] },
                Mode = ScatterMode.Markers,
                Marker = new(setting.Color, 9, MarkerSymbol.X),
                HoverText = [text],
            };
        }
    }

    static SeedCurve Mean(DrawnSetting setting, Quantity quantity, SeedBand? band) =>
        SeedCurve.Of([.. setting.Setting.In(TrialState.Complete).Select(quantity.Columns).Where(columns => columns.X.Length > 0)], band);

    string Described(SeedBand band) => band == SeedBand.Extremes
        ? $"the band goes from the smallest {repeat} to the largest"
        : "the band is one standard deviation (n − 1) to either side";

    IEnumerable<Trace> OfSeeds(DrawnSetting setting, SeedCurve curve)
    {
        var line = new ScatterTrace
        {
            Name = setting.Setting.Label,
            X = curve.X,
            Y = curve.Mean,
            Line = LineOf(setting),
            Mode = curve.X.Length <= FewPoints ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
            Marker = new Marker(setting.Color, 5),
            HoverText = [.. Enumerable.Range(0, curve.X.Length).Select(i => HoverText(setting, curve, i))],
        };
        return curve.Seeds > 1 ? Band.Around(line, curve.Lower, curve.Upper) : [line];
    }

    Line LineOf(DrawnSetting setting) => quantity.IsNoisy ? setting.Line with { Dash = Dash.Solid, Width = NoisyLine } : setting.Line;

    string HoverText(DrawnSetting setting, SeedCurve curve, int i)
    {
        string spread = curve.Seeds == 1 ? "" : $" ({Value(curve.Lower[i])} to {Value(curve.Upper[i])})";
        string seeds = curve.Seeds == 1 ? $"1 {repeat}" : $"{curve.Seeds} {repeat}s";
        return $"{setting.Setting.Label}\n{quantity.Clock} {Numbers.Significant(curve.X[i], 7)}: {Value(curve.Mean[i])}{spread}, {seeds}";
    }

    string Value(double value) => quantity.Format == ValueFormat.Percent ? Numbers.Percent(value) : Numbers.Significant(value);
}
