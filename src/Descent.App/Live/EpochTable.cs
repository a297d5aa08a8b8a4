using Descent.App.Output;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>The evaluations of a training as lines of fixed width, one an epoch; with images for validation there is a column for them.</summary>
static class EpochTable
{
    /// <param name="first">The first evaluation; null before it.</param>
    /// <param name="metric">What stands in the place of the accuracy.</param>
    public static string Header(EpochRecord? first, string metric = MetricName.Accuracy)
    {
        string word = metric == MetricName.Accuracy ? "acc" : metric;
        return Line("epoch", "step", "train loss", $"train {word}", first is { } epoch && HasValidation(epoch) ? $"valid {word}" : null, "test loss", $"test {word}", "seconds");
    }

    public static string Line(in EpochRecord epoch) => Line($"{epoch.Epoch}", Format.Count(epoch.Step),
        Format.Number(epoch.TrainLoss), Format.Percent(epoch.TrainAccuracy), HasValidation(epoch) ? Format.Percent(epoch.ValidationAccuracy) : null,
        Format.Number(epoch.TestLoss), Format.Percent(epoch.TestAccuracy), Format.Fixed(epoch.Seconds, 2));

    static bool HasValidation(in EpochRecord epoch) => !double.IsNaN(epoch.ValidationAccuracy);

    static string Line(string epoch, string step, string trainLoss, string trainAccuracy, string? validationAccuracy, string testLoss,
        string testAccuracy, string seconds) =>
        $" {epoch,5}{step,10}{trainLoss,12}{trainAccuracy,11}{(validationAccuracy is null ? "" : $"{validationAccuracy,11}")}{testLoss,11}{testAccuracy,10}{seconds,9}";
}
