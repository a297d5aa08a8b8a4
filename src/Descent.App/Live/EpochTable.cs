using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>The evaluations of a training as lines of fixed width, one an epoch.</summary>
static class EpochTable
{
    public static string Header { get; } = Line("epoch", "step", "train loss", "train acc", "test loss", "test acc", "seconds");

    public static string Line(in EpochRecord epoch) => Line($"{epoch.Epoch}", Format.Count(epoch.Step),
        Format.Number(epoch.TrainLoss), Format.Percent(epoch.TrainAccuracy), Format.Number(epoch.TestLoss),
        Format.Percent(epoch.TestAccuracy),
        Format.Fixed(epoch.Seconds, 2));

    static string Line(string epoch, string step, string trainLoss, string trainAccuracy, string testLoss, string testAccuracy,
        string seconds) =>
        $" {epoch,5}{step,10}{trainLoss,12}{trainAccuracy,11}{testLoss,11}{testAccuracy,10}{seconds,9}";
}
