using System.Globalization;
using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Comparisons;

/// <summary>Trials whose results are given.</summary>
static class MadeUpTrials
{
    /// <summary>One a value: the final test accuracy at seed 0, 1, …; NaN for a trial that diverged.</summary>
    public static IEnumerable<TrialResult> Of(string optimizer, double rate, params double[] finals) =>
        finals.Select((final, seed) => Trial(optimizer, rate, (ulong)seed, final));

    public static TrialResult Trial(string optimizer, double rate, ulong seed, double final, double validation = double.NaN)
    {
        string text = rate.ToString(CultureInfo.InvariantCulture);
        bool isDiverged = double.IsNaN(final);
        return new()
        {
            Id = $"{optimizer}-{text}-{seed}",
            Optimizer = optimizer,
            Rule = optimizer.Split(' ')[0],
            Settings = [new("learning_rate", text)],
            AllSettings = [new("learning_rate", text), new("batch_size", "10")],
            Seed = seed,
            State = isDiverged ? TrialState.Diverged : TrialState.Complete,
            StoppedAtStep = isDiverged ? 150 : null,
            Epochs = [.. Enumerable.Range(0, isDiverged ? 2 : 5).Select(epoch => Point(epoch, isDiverged ? 0.5 : final, validation))],
            FinalTestAccuracy = isDiverged ? null : final,
            Seconds = isDiverged ? 1 : 4,
        };
    }

    /// <summary>After epoch e of 4, 1 − (1 − final)·2^(4−e), but not below 0.1.</summary>
    static EpochPoint Point(int epoch, double final, double validation) =>
        new(epoch, 100 * epoch, 1, 0.5, 1, Math.Max(0.1, 1 - ((1 - final) * Math.Pow(2, 4 - epoch))))
        {
            ValidationAccuracy = double.IsNaN(validation) ? double.NaN : Math.Max(0.1, 1 - ((1 - validation) * Math.Pow(2, 4 - epoch))),
            Seconds = epoch,
        };
}
