using System.Globalization;

namespace Descent.Schedules;

/// <summary>Reduce on plateau: the learning rate is multiplied by a factor when a measurement has not become better for so many
/// epochs.</summary>
/// <remarks><para>After each epoch: better → n ← 0, else n ← n + 1;  in the cooldown → n ← 0;  n > patience → f ← max(γ·f, least), n ← 0,
/// cooldown begins.</para>
/// <para>PyTorch's ReduceLROnPlateau. Unlike all other schedules it is no function of the step: it watches the training, and what it remembers
/// is part of the checkpoint.</para>
/// <para>Differs from PyTorch: it watches a measurement of the training by name, after each epoch, never the test split, which choosing would
/// spoil. Losses are to fall and accuracies to rise, so there is no mode. The least learning rate is a factor (min_lr: a learning rate), and
/// a reduction by less than 1e-8 (eps) is made too.</para></remarks>
/// <param name="Factor">γ, at each reduction; below 1.</param>
/// <param name="Patience">Epochs without improvement that are waited for: one more reduces.</param>
/// <param name="Threshold">By how much a value must be better than the best, to count as better.</param>
/// <param name="ThresholdMode">Whether the threshold is a share of the best value or an amount.</param>
/// <param name="Cooldown">Epochs after a reduction that do not count.</param>
/// <param name="MinimumFactor">The least factor.</param>
/// <param name="Monitor">What is watched.</param>
[Schedule("reduce-on-plateau", Source = "PyTorch")]
public sealed record ReduceOnPlateau(
    [Fraction] double Factor = 0.1, [Whole(0)] double Patience = 10, [NonNegative] double Threshold = 1e-4,
    [Choice("relative", "absolute")] string ThresholdMode = "relative", [Whole(0)] double Cooldown = 0, [NonNegative] double MinimumFactor = 0,
    [Choice("validation_loss", "validation_accuracy", "train_loss", "train_accuracy")] string Monitor = "validation_loss") : ISchedule
{
    bool IsRising => Monitor.EndsWith("accuracy", StringComparison.Ordinal);

    /// <summary>What is known before the first epoch.</summary>
    public PlateauState Start => new(1, IsRising ? double.NegativeInfinity : double.PositiveInfinity, 0, 0);

    /// <summary>Without knowledge of the training nothing is reduced; see <see cref="PlateauState.Factor"/>.</summary>
    double ISchedule.Factor(long t, ScheduleSpan span) => 1;

    /// <summary>What is known after one more epoch.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="value">What was measured; NaN counts as no improvement.</param>
    public PlateauState Observe(PlateauState before, double value)
    {
        bool isBetter = IsBetter(value, before.Best), isCooling = before.CooldownLeft > 0;
        int bad = isBetter || isCooling ? 0 : before.BadEpochs + 1;
        var after = before with
        {
            Best = isBetter ? value : before.Best,
            BadEpochs = bad,
            CooldownLeft = isCooling ? before.CooldownLeft - 1 : 0,
        };
        return bad <= Patience ? after : after with
        {
            Factor = Math.Max(MinimumFactor, Factor * before.Factor),
            BadEpochs = 0,
            CooldownLeft = (int)Cooldown,
        };
    }

    bool IsBetter(double value, double best) => (IsRising, ThresholdMode) switch
    {
        (false, "relative") => value < best * (1 - Threshold),
        (false, _) => value < best - Threshold,
        (true, "relative") => value > best * (1 + Threshold),
        (true, _) => value > best + Threshold,
    };
}

/// <summary>What reduce-on-plateau remembers.</summary>
/// <param name="Factor">Of the learning rate now.</param>
/// <param name="Best">The best value so far; an infinity before the first.</param>
/// <param name="BadEpochs">Epochs without improvement in a row.</param>
/// <param name="CooldownLeft">Epochs that will not count.</param>
public readonly record struct PlateauState(double Factor, double Best, int BadEpochs, int CooldownLeft)
{
    /// <summary>As a text that reads back to the same bits.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Factor:R} {Best:R} {BadEpochs} {CooldownLeft}");

    /// <exception cref="BadInputException">It is no such text.</exception>
    public static PlateauState Parse(string text) => text.Split(' ') is [var factor, var best, var bad, var cooldown]
        && double.TryParse(factor, CultureInfo.InvariantCulture, out double x) && double.TryParse(best, CultureInfo.InvariantCulture, out double y)
        && int.TryParse(bad, CultureInfo.InvariantCulture, out int n) && int.TryParse(cooldown, CultureInfo.InvariantCulture, out int left)
            ? new(x, y, n, left) : throw new BadInputException($"\"{text}\" is not the state of a reduce-on-plateau.");
}
