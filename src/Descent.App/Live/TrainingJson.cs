using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>Prints one object a step.</summary>
sealed class TrainingJson(TextWriter writer) : ITrainingObserver
{
    public void OnStep(in StepRecord step) => Json.WriteLine(writer, step);

    public void OnEpoch(in EpochRecord epoch)
    {
    }
}
