using Descent.Training;

namespace Descent.App.Live;

/// <summary>Prints an evaluation a line, where nothing may be painted.</summary>
sealed class TrainingLines(TextWriter writer) : ITrainingObserver
{
    public void OnStep(in StepRecord step)
    {
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        if (epoch.Epoch == 0)
        {
            writer.WriteLine(EpochTable.Header);
        }

        writer.WriteLine(EpochTable.Line(epoch));
    }
}
