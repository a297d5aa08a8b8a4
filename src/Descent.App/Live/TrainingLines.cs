using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>Prints an evaluation a line, where nothing may be painted, and every ten seconds how far it is.</summary>
/// <param name="metric">What stands in the place of the accuracy.</param>
sealed class TrainingLines(TextWriter writer, TrainingProgress progress, string metric, TimeProvider time) : ITrainingObserver
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(10);

    long last = time.GetTimestamp();

    public void OnStep(in StepRecord step)
    {
        if (IsTime())
        {
            var now = progress.Now(curveWidth: 0);
            string left = now.SecondsLeft is { } seconds ? $", {Format.Duration(seconds)} left" : "";
            writer.WriteLine($" epoch {step.Epoch}/{now.TotalEpochs}: step {Format.Count(step.Step)} of {Format.Count(now.TotalSteps)}, "
                + $"loss {Format.Number(step.Loss)}, {Format.Count((long)(now.ImagesPerSecond ?? 0))} images/s{left}");
        }
    }

    public void OnEvaluation(in EvaluationProgress progress)
    {
        if (IsTime())
        {
            writer.WriteLine($" epoch {progress.Epoch}: evaluating, {Format.Count(progress.Images)} of {Format.Count(progress.Total)} images");
        }
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        if (epoch.Epoch == 0)
        {
            writer.WriteLine(EpochTable.Header(epoch, metric));
        }

        writer.WriteLine(EpochTable.Line(epoch));
    }

    bool IsTime()
    {
        bool isTime = time.GetElapsedTime(last) >= interval;
        last = isTime ? time.GetTimestamp() : last;
        return isTime;
    }
}
