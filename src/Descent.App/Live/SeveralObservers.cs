using Descent.Training;

namespace Descent.App.Live;

/// <summary>Tells several observers the same.</summary>
sealed class SeveralObservers(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    public void OnStep(in StepRecord step)
    {
        foreach (var observer in observers)
        {
            observer.OnStep(step);
        }
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        foreach (var observer in observers)
        {
            observer.OnEpoch(epoch);
        }
    }

    public void OnEvaluation(in EvaluationProgress progress)
    {
        foreach (var observer in observers)
        {
            observer.OnEvaluation(progress);
        }
    }
}
