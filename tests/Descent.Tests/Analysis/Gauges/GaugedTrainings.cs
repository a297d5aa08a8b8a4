using Descent.Analysis;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.Analysis.Gauges;

/// <summary>Trainings with gauges, and what tests compare of them.</summary>
static class GaugedTrainings
{
    public static IReadOnlyList<IGauge> All { get; } = [new GradientGauge(4), new SharpnessGauge(5, 3, 40), new ActivationGauge(3, 2, 30)];

    /// <summary>Readings without their clocks, each number as its bits.</summary>
    public static IEnumerable<string> Bits(IEnumerable<GaugeReading> readings) =>
        readings.Select(x => $"{x.Gauge} {x.Step} {string.Join(' ', x.Metrics.Zip(x.Values, (name, value) => $"{name}={BitConverter.DoubleToInt64Bits(value):x16}"))}");

    public static double Value(this GaugeReading reading, string metric) => reading.Values[reading.Metrics.ToList().IndexOf(metric)];

    /// <summary>Three settings whose state differs most: plain with momentum, images with batch norm, dropout and augmentation under Adam, and gradients taken twice.</summary>
    public static (TrainingOutcome Outcome, RecordingObserver Told) Run(string kind, IReadOnlyList<IGauge> gauges, Checkpoint? from = null, Func<long, bool>? isCheckpointDue = null, int threads = 1)
    {
        if (kind == "images")
        {
            var settings = ImageTraining.Settings with
            {
                Model = ImageTraining.Net(hasBatchNorm: true, dropout: 0.3),
                Augmentation = Descent.Data.Augmentation.CropAndFlip,
                Optimizer = new Descent.Optimizers.Adam(),
                Epochs = 4,
                Gauges = gauges,
            };
            var (outcome, told, _) = ImageTraining.Run(settings, threads, from: from, isCheckpointDue: isCheckpointDue);
            return (outcome, told);
        }

        var digits = DigitsTraining.Settings with { Steps = 23, Gauges = gauges, Optimizer = kind == "digits" ? new Descent.Optimizers.Sgd(LearningRate: 0.1, Momentum: 0.9) : new Descent.Optimizers.Sam() };
        return DigitsTraining.Run(digits, threads, from: from, isCheckpointDue: isCheckpointDue);
    }
}
