using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.App.Results;

/// <summary>The files of <c>train --save</c>: the last parameters under the name that is given, those of the best epoch and of the epochs that are asked for beside it, as
/// <c>my.best.safetensors</c> and <c>my.epoch-5.safetensors</c>.</summary>
/// <remarks>The last parameters are also written after an epoch where ten seconds have passed since the last time: a training that is killed leaves something.</remarks>
/// <param name="path">Ends in one of <see cref="WeightsFile.Extensions"/>.</param>
/// <param name="epochs">Those that are asked for.</param>
sealed class SavedWeights(string path, TrialSettings settings, IReadOnlyList<int> epochs, TimeProvider time) : ITrainingObserver
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(10);

    readonly BestEpoch best = new();
    long last = time.GetTimestamp();
    bool isBest;

    public string Path => path;

    /// <summary>Whether the optimizer's state goes with the parameters.</summary>
    public bool WantsState { get; init; }

    /// <summary>The file of the best epoch; null until there is one.</summary>
    public string? BestPath { get; private set; }

    public void OnStep(in StepRecord step)
    {
    }

    public void OnEpoch(in EpochRecord epoch)
    {
    }

    public bool AreWeightsDue(in EpochRecord epoch)
    {
        isBest = best.Offer(epoch);
        return isBest || epochs.Contains(epoch.Epoch) || IsTime();
    }

    public void OnWeights(in EpochRecord epoch, Checkpoint weights)
    {
        if (isBest)
        {
            BestPath = Beside("best");
            Write(BestPath, weights);
        }

        if (epochs.Contains(epoch.Epoch))
        {
            Write(Beside($"epoch-{epoch.Epoch}"), weights);
        }

        if (IsTime())
        {
            Write(weights);
        }
    }

    /// <summary>Writes the last parameters.</summary>
    public void Write(Checkpoint weights)
    {
        Write(path, weights);
        last = time.GetTimestamp();
    }

    bool IsTime() => time.GetElapsedTime(last) >= interval;

    string Beside(string word) => System.IO.Path.ChangeExtension(path, $".{word}{System.IO.Path.GetExtension(path)}");

    void Write(string file, Checkpoint weights) =>
        WeightsFile.Write(file, weights.Arrays, weights.Position.Concat(TrialFacts.Of(settings)).ToDictionary());
}
