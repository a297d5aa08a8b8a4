using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>The marginal means of each hyperparameter as bars.</summary>
sealed class HyperparameterEffects : IPicture
{
    public string Name => "hyperparameter-effects";

    public string Shows => "The mean final accuracy at each value of each hyperparameter, over everything else, as bars.";

    public string? Missing(PictureStudy study) => Needs.Complete(study, Name)
        ?? (MarginalEffect.Of(study.Trials, study.HeldOut).Count > 0 ? null
            : $"{Name} compares values of hyperparameters, and the trials of {study.Name} have one setting: give a key of an optimizer a list.");

    public Figure Draw(PictureStudy study)
    {
        var effects = MarginalEffect.Of(study.Trials, study.HeldOut);
        bool hasDiverged = effects.Any(effect => effect.Values.Any(value => value.Diverged > 0));
        return new()
        {
            Data = [.. effects.Select((effect, i) => Bars(effect, i))],
            Layout = new()
            {
                Title = $"Effects of the hyperparameters in {study.Name}",
                Subtitle = $"Mean {study.HeldOut.Split} {study.Metric} after the last step over all complete trials that have the value; whiskers are one "
                    + $"standard deviation (n − 1).{(hasDiverged ? " Diverged trials are not in the means; d counts them." : "")}",
                Columns = 2,
                ShowsLegend = false,
                Panels =
                [
                    .. effects.Select(effect => new Panel
                    {
                        Title = effect.Key,
                        X = ShareAxis.Of(effect.Values.Select(value => value.FinalAccuracy.Mean)),
                        Y = new() { Type = AxisType.Category, IsReversed = true },
                    }),
                ],
            },
        };
    }

    static BarTrace Bars(MarginalEffect effect, int place) => new()
    {
        Name = effect.Key,
        Panel = place + 1,
        Orientation = Orientation.Horizontal,
        X = effect.Values.Select(value => value.FinalAccuracy.Mean).ToArray(),
        Y = effect.Values.Select(value => value.Value).ToArray(),
        ErrorX = new(effect.Values.Select(value => value.FinalAccuracy.StandardDeviation ?? double.NaN).ToArray()),
        Text = [.. effect.Values.Select(Text)],
        HoverText = [.. effect.Values.Select(value => $"{effect.Key} {value.Value}\n{SummaryText.Accuracy(value.FinalAccuracy)}, {value.FinalAccuracy.Count} complete trials")],
        Marker = Palette.Bar(place),
    };

    static string Text(MarginalValue value)
    {
        string diverged = value.Diverged > 0 ? $" ({value.Diverged} d)" : "";
        return value.FinalAccuracy.Count == 0 ? $"none complete{diverged}" : Numbers.Percent(value.FinalAccuracy.Mean) + diverged;
    }
}
