using Descent.Training;

namespace Descent.App.Plans;

/// <summary>How long the steps and the evaluations of a training take, from its first second.</summary>
/// <param name="SecondsPerImage">Of an evaluation.</param>
/// <remarks>Medians: the first steps also record their graph and compile their kernels.</remarks>
sealed record TrainingSample(double SecondsPerStep, double SecondsPerImage)
{
    const int FewestSteps = 3;

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
    /// <param name="images">Images of an evaluation.</param>
    public double Seconds(long steps, long stepsPerEpoch, int images) =>
        (steps * SecondsPerStep) + ((1 + Math.Ceiling((double)steps / stepsPerEpoch)) * images * SecondsPerImage);

    static double Median(List<double> seconds) => seconds.Count == 0 ? 0 : seconds.Order().ElementAt(seconds.Count / 2);

    sealed class Watch(CancellationTokenSource stop, TimeProvider time) : ITrainingObserver
    {
        readonly long begin = time.GetTimestamp();
        long last = time.GetTimestamp();
        int images = 1;

        public List<double> Steps { get; } = [];

        public List<double> Evaluations { get; } = [];

        public void OnStep(in StepRecord step) => Add(Steps);

        public void OnEvaluation(in EvaluationProgress progress) => images = progress.Total;

        public void OnEpoch(in EpochRecord epoch) => Add(Evaluations, images);

        void Add(List<double> readings, int parts = 1)
        {
            long now = time.GetTimestamp();
            readings.Add(time.GetElapsedTime(last, now).TotalSeconds / parts);
            last = now;
            if (Steps.Count >= FewestSteps && time.GetElapsedTime(begin, now) > Length)
            {
                stop.Cancel();
            }
        }
    }
}
