using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Axes of curves, chosen so that the end of training, which decides, can be seen beside trials that diverged.</summary>
static class CurveAxes
{
    /// <summary>Ratio of largest to smallest from which a log axis tells more.</summary>
    const double LogRatio = 30;

    /// <summary>A diverging trial leaves a log axis at this multiple of what the complete trials reach, so that these stay
    /// legible.</summary>
    const double RoomForLoners = 3;

    public static Axis Loss(CurveFigure curves)
    {
        double low = curves.Values.DefaultIfEmpty(1).Min(), high = curves.Values.DefaultIfEmpty(1).Max();
        bool isLog = low > 0 && high / low > LogRatio;
        return new()
        {
            Type = isLog ? AxisType.Log : AxisType.Linear,
            Maximum = curves.HasLoners && high > low ? high + (isLog ? 0 : 0.04 * (high - low)) : null,
        };
    }

    /// <summary>Starts above zero where all settings end so high that their differences would vanish; the title says so.</summary>
    public static Axis Accuracy(CurveFigure curves)
    {
        double start = AccuracyStart(curves, curves.Last.Where(double.IsFinite).DefaultIfEmpty(0).Min());
        return new() { Format = ValueFormat.Percent, Minimum = start > 0 ? start : null, Title = start > 0 ? $"from {Numbers.Percent(start, 0)}" : "" };
    }

    /// <summary>Where an axis of accuracies starts so that three times the distance of the worst final value from 100 % is on it; 0 where all is.</summary>
    public static double AccuracyStart(CurveFigure curves, double worst) => AccuracyStart(curves.Values, worst);

    /// <param name="values">All that is drawn.</param>
    /// <param name="worst">Of the final values.</param>
    public static double AccuracyStart(IEnumerable<double> values, double worst)
    {
        double start = Math.Floor(20 * (1 - (3 * (1 - worst)))) / 20;
        return start > 0 && values.Any(value => value < start) ? start : 0;
    }

    public static Axis Norm(CurveFigure curves)
    {
        double high = curves.Values.DefaultIfEmpty(0).Max();
        return new() { Type = AxisType.Log, Maximum = curves.HasLoners && high > 0 ? RoomForLoners * high : null };
    }
}
