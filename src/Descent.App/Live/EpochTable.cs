using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>The evaluations of a training as lines of fixed width, one an epoch; with images for validation there is a column for them.</summary>
static class EpochTable
{
    /// <param name="first">The first evaluation; null before it.</param>
    public static string Header(EpochRecord? first) => Line("epoch", "step", "train loss", "train acc",
        first is { } epoch && HasValidation(epoch) ? "valid acc" : null, "test loss", "test acc", "seconds");

    public static string Line(in EpochRecord epoch) => Line($"{epoch.Epoch}", Format.Count(epoch.Step),
        Format.Number(epoch.TrainLoss), Format.Percent(epoch.TrainAccuracy), HasValidation(epoch) ? Format.Percent(epoch.ValidationAccuracy) : null,
        Format.Number(epoch.TestLoss), Format.Percent(epoch.TestAccuracy), Format.Fixed(epoch.Seconds, 2));

    static bool HasValidation(in EpochRecord epoch) => !double.IsNaN(epoch.ValidationAccuracy);

    static string Line(string epoch, string step, string trainLoss, string trainAccuracy, string? validationAccuracy, string testLoss,
        string testAccuracy, string seconds) =>
        $" {epoch,5}{step,10}{trainLoss,12}{trainAccuracy,11}{(validationAccuracy is null ? "" : $"{validationAccuracy,11}")}{testLoss,11}{testAccuracy,10}{seconds,9}";
}
