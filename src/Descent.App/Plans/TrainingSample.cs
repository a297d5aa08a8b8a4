using Descent.Training;

namespace Descent.App.Plans;

/// <summary>How long the steps and the evaluations of a training take, from its first second.</summary>
/// <remarks>Medians: the first steps also record their graph and compile their kernels.</remarks>
sealed record TrainingSample(double SecondsPerStep, double SecondsPerEvaluation)
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    /// <summary>Runs the beginning of a training, which is of no use afterwards.</summary>
    public static TrainingSample Take(ITrainingRun run, TimeProvider time)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch(stop, time);
        _ = run.Run(watch, stop.Token);
        return new(Median(watch.Steps), Median(watch.Evaluations));
    }

    /// <summary>Of a whole training, evaluations among them.</summary>
    public double Seconds(long steps, long stepsPerEpoch) =>
        (steps * SecondsPerStep) + ((1 + Math.Ceiling((double)steps / stepsPerEpoch)) * SecondsPerEvaluation);

    static double Median(List<double> seconds) => seconds.Count == 0 ? 0 : seconds.Order().ElementAt(seconds.Count / 2);

    sealed class Watch(CancellationTokenSource stop, TimeProvider time) : ITrainingObserver
    {
        readonly long begin = time.GetTimestamp();
        long last = time.GetTimestamp();

        public List<double> Steps { get; } = [];

        public List<double> Evaluations { get; } = [];

        public void OnStep(in StepRecord step) => Add(Steps);

        public void OnEpoch(in EpochRecord epoch) => Add(Evaluations);

        void Add(List<double> readings)
        {
            long now = time.GetTimestamp();
            readings.Add(time.GetElapsedTime(last, now).TotalSeconds);
            last = now;
            if (Steps.Count > 0 && time.GetElapsedTime(begin, now) > Length)
            {
                stop.Cancel();
            }
        }
    }
}
