using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Effects;

/// <summary>The axis of a hyperparameter, on a log scale, with all values that were tried and a little room beside them.</summary>
static class SweepAxis
{
    public static Axis Of(string key, IEnumerable<double> values)
    {
        var positive = values.Where(value => value > 0).ToList();
        double least = positive.Min(), most = positive.Max(), room = Math.Max(1.1, Math.Pow(most / least, 0.04));
        return new() { Title = key, Type = AxisType.Log, Minimum = least / room, Maximum = most * room };
    }
}
