using Descent.Formats;

namespace Descent.Training;

/// <summary>The gauges of a training: calls those that are due, and keeps their time apart from that of the training.</summary>
sealed class TrainingGauges<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TimeProvider time;
    readonly Entry[] entries;

    /// <exception cref="BadInputException">A gauge does not go with the training.</exception>
    public TrainingGauges(GaugedTraining<T> training, TimeProvider time)
    {
        this.time = time;
        entries = [.. training.Settings.Gauges.Select(gauge => new Entry(gauge.Name, gauge.Start(training)))];
    }

    /// <summary>What a checkpoint keeps of all gauges.</summary>
    public IEnumerable<NamedTensor<T>> Memory => entries.SelectMany(entry => entry.Run.Memory);

    /// <summary>Seconds spent within the present step, which are not the training's.</summary>
    public double SecondsWithinStep { get; private set; }

    /// <summary>Before the gradient of a step is taken.</summary>
    /// <param name="step">The number that the step will have.</param>
    public void BeforeStep(long step)
    {
        SecondsWithinStep = 0;
        foreach (var entry in entries)
        {
            entry.Seconds = 0;
            if (entry.Run.IsDue(step))
            {
                long start = time.GetTimestamp();
                entry.Run.BeforeStep();
                Count(entry, start);
            }
        }
    }

    /// <summary>With the gradient of a step in its buffer.</summary>
    public void AtGradient(long step)
    {
        foreach (var entry in entries)
        {
            if (entry.Run.IsDue(step))
            {
                long start = time.GetTimestamp();
                entry.Run.AtGradient();
                Count(entry, start);
            }
        }
    }

    /// <summary>After a step, or before the first one, and tells what was read.</summary>
    public void AfterStep(long step, double scheduleFactor, ITrainingObserver observer)
    {
        foreach (var entry in entries)
        {
            if (entry.Run.IsDue(step))
            {
                long start = time.GetTimestamp();
                double[] values = new double[entry.Run.Metrics.Count];
                entry.Run.Measure(step, scheduleFactor, values);
                Count(entry, start);
                observer.OnGauge(new GaugeReading(entry.Name, step, entry.Run.Metrics, values, entry.Seconds));
            }
        }
    }

    public void Dispose()
    {
        foreach (var entry in entries)
        {
            entry.Run.Dispose();
        }
    }

    void Count(Entry entry, long start)
    {
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        entry.Seconds += seconds;
        SecondsWithinStep += seconds;
    }

    sealed class Entry(string name, IGaugeRun<T> run)
    {
        public string Name => name;

        public IGaugeRun<T> Run => run;

        /// <summary>Of the reading that is being made.</summary>
        public double Seconds { get; set; }
    }
}
