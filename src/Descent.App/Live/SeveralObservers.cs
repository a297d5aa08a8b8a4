using Descent.Training;

namespace Descent.App.Live;

/// <summary>Tells several observers the same.</summary>
sealed class SeveralObservers(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    readonly bool[] wantsWeights = new bool[observers.Count], wantsCheckpoint = new bool[observers.Count];

    public bool WantsState => observers.Any(observer => observer.WantsState);

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

    public void OnGauge(GaugeReading reading)
    {
        foreach (var observer in observers)
        {
            observer.OnGauge(reading);
        }
    }

    public bool IsCheckpointDue(long step, bool isEpochEnd)
    {
        for (int i = 0; i < observers.Count; i++)
        {
            wantsCheckpoint[i] = observers[i].IsCheckpointDue(step, isEpochEnd);
        }

        return wantsCheckpoint.Contains(true);
    }

    /// <summary>To those that asked for it; one that nobody asked for is of a training that was stopped, and to all.</summary>
    public void OnCheckpoint(Checkpoint checkpoint)
    {
        bool isAsked = wantsCheckpoint.Contains(true);
        for (int i = 0; i < observers.Count; i++)
        {
            if (wantsCheckpoint[i] || !isAsked)
            {
                observers[i].OnCheckpoint(checkpoint);
            }

            wantsCheckpoint[i] = false;
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
