using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Live;

/// <summary>Prints one object a step.</summary>
sealed class TrainingJson(TextWriter writer) : ITrainingObserver
{
    public void OnStep(in StepRecord step) => Json.WriteLine(writer, step);

    public void OnGauge(GaugeReading reading) => Json.WriteLine(writer, Reading.Of(reading));

    public void OnEpoch(in EpochRecord epoch)
    {
    }

    /// <param name="Gauge">What read.</param>
    /// <param name="Step">After this step; 0 is before the first.</param>
    sealed record Reading(string Gauge, long Step, IReadOnlyDictionary<string, double> Values, double Seconds)
    {
        public static Reading Of(GaugeReading reading) =>
            new(reading.Gauge, reading.Step, reading.Metrics.Zip(reading.Values).ToDictionary(x => x.First, x => x.Second), reading.Seconds);
    }
}
