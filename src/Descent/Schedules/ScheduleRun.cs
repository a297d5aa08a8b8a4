namespace Descent.Schedules;

/// <summary>A schedule at work in a training of known length.</summary>
public sealed class ScheduleRun
{
    readonly SchedulePlan plan;
    readonly double warmupSteps, stepsPerUnit;
    readonly ScheduleSpan span;

    /// <param name="plan">The schedule with its warmup and unit.</param>
    /// <param name="totalSteps">Steps of the training.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    public ScheduleRun(SchedulePlan plan, long totalSteps, long stepsPerEpoch)
    {
        this.plan = plan;
        stepsPerUnit = plan.IsPerEpoch ? stepsPerEpoch : 1;
        double units = totalSteps / stepsPerUnit, warmup = plan.Warmup == 0 ? 0 : LengthAttribute.Of(plan.Warmup, units);
        warmupSteps = warmup * stepsPerUnit;
        span = new(Math.Max(1, Math.Ceiling(units) - warmup), warmup);
        Plateau = plan.Schedule is ReduceOnPlateau plateau ? plateau.Start : null;
    }

    /// <summary>What reduce-on-plateau remembers; null for every other schedule. Set when a checkpoint is restored.</summary>
    public PlateauState? Plateau { get; set; }

    /// <summary>What the schedule watches, as in <c>validation_loss</c>; null where it watches nothing.</summary>
    public string? Monitor => (plan.Schedule as ReduceOnPlateau)?.Monitor;

    /// <summary>The factor of a step.</summary>
    /// <param name="step">Steps taken before it: 0 for the first.</param>
    public double Factor(long step)
    {
        double now = Plateau?.Factor ?? 1;
        return step < warmupSteps
            ? now * plan.Schedule.Factor(0, span) * ((step + 1) / (warmupSteps + 1))
            : now * plan.Schedule.Factor((long)((step - warmupSteps) / stepsPerUnit), span);
    }

    /// <summary>Tells what an epoch measured of what the schedule watches.</summary>
    public void Observe(double value)
    {
        if (plan.Schedule is ReduceOnPlateau plateau)
        {
            Plateau = plateau.Observe(Plateau!.Value, value);
        }
    }
}
