using Descent.Studies.Running;
using Descent.Training;

namespace Descent.App.Plans;

/// <summary>How long the steps and the evaluations of a training take, from its first second.</summary>
/// <param name="SecondsPerImage">Of a step.</param>
/// <param name="SecondsPerMeasuredImage">Of an evaluation.</param>
/// <remarks>Lower quartiles: the first steps also record their graph and compile their kernels. Where the machine is busy with something else, the time of the processor counts, so that
/// what is kept for later is not the load of the moment.</remarks>
sealed record TrainingSample(double SecondsPerImage, double SecondsPerMeasuredImage)
{
    const int FewestSteps = 3;

    /// <summary>Runs the beginning of a training, which is of no use afterwards.</summary>
    /// <param name="batchSize">Its images a step.</param>
    /// <param name="length">How long at least.</param>
    public static TrainingSample Take(ITrainingRun run, int batchSize, TimeSpan length, TimeProvider time)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch(stop, length, time);
        _ = run.Run(watch, stop.Token);
        return new(LowerQuartile(watch.Steps) / batchSize, LowerQuartile(watch.Evaluations));
    }

    /// <summary>Of whole trainings, evaluations and gauges among them, one after another.</summary>
    public double Seconds(StudySize size) => ((size.TrainedImages + size.GaugedImages) * SecondsPerImage) + (size.MeasuredImages * SecondsPerMeasuredImage);

    static double LowerQuartile(List<double> seconds) => seconds.Count == 0 ? 0 : seconds.Order().ElementAt(seconds.Count / 4);

    sealed class Watch(CancellationTokenSource stop, TimeSpan length, TimeProvider time) : ITrainingObserver
    {
        readonly long begin = time.GetTimestamp();
        long last = time.GetTimestamp();
        TimeSpan lastUsed = Environment.CpuUsage.TotalTime;
        int images = 1;

        public List<double> Steps { get; } = [];

        public List<double> Evaluations { get; } = [];

        public void OnStep(in StepRecord step) => Add(Steps);

        public void OnEvaluation(in EvaluationProgress progress) => images = progress.Total;

        public void OnEpoch(in EpochRecord epoch) => Add(Evaluations, images);

        void Add(List<double> readings, int parts = 1)
        {
            long now = time.GetTimestamp();
            var used = Environment.CpuUsage.TotalTime;
            readings.Add(Math.Min(time.GetElapsedTime(last, now).TotalSeconds, (used - lastUsed).TotalSeconds) / parts);
            (last, lastUsed) = (now, used);
            if (Steps.Count >= FewestSteps && time.GetElapsedTime(begin, now) > length)
            {
                stop.Cancel();
            }
        }
    }
}
