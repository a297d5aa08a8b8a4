using Descent.Training;

namespace Descent.App.Live;

/// <summary>Tells several observers the same.</summary>
sealed class SeveralObservers(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    readonly bool[] wantsWeights = new bool[observers.Count];

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

    public bool AreWeightsDue(in EpochRecord epoch)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            wantsWeights[i] = observers[i].AreWeightsDue(epoch);
        }

        return wantsWeights.Contains(true);
    }

    public void OnWeights(in EpochRecord epoch, Checkpoint weights)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            if (wantsWeights[i])
            {
                observers[i].OnWeights(epoch, weights);
            }
        }
    }
}
