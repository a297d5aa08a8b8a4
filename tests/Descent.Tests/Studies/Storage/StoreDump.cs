using System.Globalization;
using System.Text;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Tests.Studies.Storage;

/// <summary>Every number that a store holds of a study, to the bit, apart from clock readings, attempts and places.</summary>
static class StoreDump
{
    public static string Of(IStudyStore store, string study)
    {
        var text = new StringBuilder();
        foreach (var (label, told, trial) in store.Trials(study))
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"{trial.Id} {label} {string.Join(' ', told)}")
                .AppendLine(CultureInfo.InvariantCulture,
                    $"{trial.State} {trial.Reason} {trial.DivergedAtStep} {trial.Steps} {trial.SkippedSteps} {trial.GradientEvaluations} {trial.HessianProducts} {trial.ParametersHash}");
            _ = text.AppendLine(string.Join('|', (store.Confusion(trial.Id) ?? []).Select(row => string.Join(' ', row))));
            _ = text.AppendLine(string.Join(' ', store.InitialWeights(trial.Id).Select(weight => $"{weight.Name} {Bits(weight.Deviation)}")));
            foreach (var epoch in store.Epochs(trial.Id))
            {
                _ = text.AppendLine(CultureInfo.InvariantCulture, $"{epoch.Epoch} {epoch.Step} {Numbers(epoch)} {epoch.GradientEvaluations} {epoch.HessianProducts}");
            }

            foreach (var gauge in store.Gauges(trial.Id))
            {
                _ = text.AppendLine($"{gauge.Gauge} {string.Join(' ', gauge.Steps)} " + string.Join(' ', gauge.Metrics.Select(metric => $"{metric.Name} {string.Join(' ', metric.Values.Select(Bits))}")));
            }

            var steps = store.Steps(trial.Id);
            for (int i = 0; i < steps.Count; i++)
            {
                _ = text.AppendLine(CultureInfo.InvariantCulture,
                    $"{steps.Step.Span[i]} {Bits(steps.Loss.Span[i])} {Bits(steps.GradientNorm.Span[i])}"
                    + $"{At(steps.LearningRate, i)}{At(steps.ClippedGradientNorm, i)}{At(steps.MeanGradientNorm, i)}");
            }
        }

        return text.ToString();
    }

    static string Numbers(EpochRecord epoch) =>
        string.Join(' ', Bits(epoch.TrainLoss), Bits(epoch.TrainAccuracy), Bits(epoch.ValidationLoss),
        Bits(epoch.ValidationAccuracy), Bits(epoch.TestLoss), Bits(epoch.TestAccuracy));

    static string At(ReadOnlyMemory<double> series, int i) => series.IsEmpty ? "" : $" {Bits(series.Span[i])}";

    static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
