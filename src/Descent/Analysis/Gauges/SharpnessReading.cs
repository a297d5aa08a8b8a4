using Descent.Formats;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The sharpness gauge at work on one training.</summary>
sealed class SharpnessReading<T> : IGaugeRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly SharpnessGauge gauge;
    readonly GaugedTraining<T> training;
    readonly LossSurface<T> surface;
    readonly LeadingEigenvalue<T> plain;
    readonly LeadingEigenvalue<T>? preconditioned;
    readonly StateDiagonal<T>? diagonal;
    readonly IOptimizer? rule;
    readonly double? ownLimit;

    public SharpnessReading(SharpnessGauge gauge, GaugedTraining<T> training)
    {
        (this.gauge, this.training) = (gauge, training);
        var (settings, part) = (training.Settings, training.Data.Train.Range(gauge.First, gauge.Last));
        surface = new LossSurface<T>(training.Executor, settings.Model, training.Parameters, part, training.Data.Normalization, gauge.Mode,
            gauge.Mode == Mode.Training ? Math.Min(settings.BatchSize, part.Count) : null, settings.IsExact);
        plain = new LeadingEigenvalue<T>(training.Executor, training.Parameters.Count, settings.Seed);
        rule = StabilityLimit.OneRule(training.Optimizer.Rules);
        if (rule is not null && Preconditioner.IsKnown(rule))
        {
            diagonal = new StateDiagonal<T>(training.Optimizer, rule);
            preconditioned = new LeadingEigenvalue<T>(training.Executor, training.Parameters.Count, settings.Seed);
        }

        ownLimit = rule is null || StabilityLimit.Of(rule) is not null ? null : StabilityLimit.ByOwnStep(rule);
        // A rule that divides by something unknown here has a limit for a sharpness that is not measured.
        bool hasLimit = rule is not null && (diagonal is not null || !LinearStep.HoldsSecondMoment(rule)) && StabilityLimit.Of(rule, ownLimit) is not null;
        Metrics =
        [
            SharpnessGauge.Sharpness, .. preconditioned is null ? Array.Empty<string>() : [SharpnessGauge.Preconditioned],
            .. hasLimit ? [SharpnessGauge.Limit, SharpnessGauge.Ratio] : Array.Empty<string>(), SharpnessGauge.Residual, SharpnessGauge.Products,
        ];
        Memory = [.. Remembered("sharpness", plain), .. preconditioned is null ? [] : Remembered("preconditioned", preconditioned)];
    }

    public IReadOnlyList<string> Metrics { get; }

    public IReadOnlyList<NamedTensor<T>> Memory { get; }

    public bool IsDue(long step) => step % gauge.Every == 0;

    public void Measure(long step, double scheduleFactor, Span<double> values)
    {
        if (step == 0)
        {
            // A training that was stopped before its first step reads this again.
            plain.Start.Span.Clear();
            preconditioned?.Start.Span.Clear();
        }

        var found = plain.Find(surface.MultiplyByHessian, step);
        int products = found.Products, next = 0;
        values[next++] = found.Value;
        if (preconditioned is not null && diagonal is not null)
        {
            // Before its first step the rule has nothing to divide by.
            found = step == 0 ? (double.NaN, double.NaN, 0) : preconditioned.Find(diagonal.Around(surface.MultiplyByHessian), step);
            products += found.Products;
            values[next++] = found.Value;
        }

        if (Metrics.Contains(SharpnessGauge.Limit))
        {
            double limit = StabilityLimit.Of(rule!, ownLimit, scheduleFactor)!.Value;
            values[next++] = limit;
            values[next++] = found.Value / limit;
        }

        values[next++] = found.Residual / Math.Abs(found.Value);
        values[next] = products;
    }

    public void Dispose()
    {
        surface.Dispose();
        plain.Dispose();
        preconditioned?.Dispose();
        diagonal?.Dispose();
    }

    IEnumerable<NamedTensor<T>> Remembered(string name, LeadingEigenvalue<T> search) => training.Parameters.Slots.Select(slot =>
        new NamedTensor<T>($"{WeightsFile.GaugePrefix}{name}.{slot.Name}", slot.Info, search.Start.Slice(slot.Start, slot.Info.Shape)));
}
