using Descent.Analysis;
using Descent.App.Commands;
using Descent.App.Evaluations;
using Descent.App.Output;
using Descent.Optimizers;

namespace Descent.App.Analyses;

/// <summary>What the gauge of a trial has read of its sharpness, as shares of the limit of its rule.</summary>
/// <param name="Optimizer">The trial's rule at its full learning rate.</param>
/// <param name="Steps">Of the readings.</param>
/// <param name="Shares">Sharpness by limit at each of them.</param>
sealed record RecordedSharpness(IOptimizer Optimizer, IReadOnlyList<long> Steps, IReadOnlyList<double> Shares)
{
    /// <param name="rule">What the user calls the rule; the trial's must be it.</param>
    /// <param name="text">As in <c>study/3f9a</c>.</param>
    /// <exception cref="BadInputException">There is no such trial, it is of another rule, has no readings, or values are given beside it.</exception>
    public static RecordedSharpness Read(Invocation invocation, string rule, string text)
    {
        if (invocation.Get(invocation.Shared.Set) is { Length: > 0 })
        {
            throw new BadInputException("--sharpness-of: the values are those of the trial; leave --set away.");
        }

        var (trial, gauges) = CheckpointArgument.ResolveGauges(invocation, text);
        if (trial.Settings.Optimizer != rule)
        {
            throw new BadInputException($"--sharpness-of {text}: the trial is of {trial.Settings.Optimizer}, not of {rule}.");
        }

        var series = gauges.FirstOrDefault(x => x.Gauge == SharpnessGauge.NameInStudies)
            ?? throw new BadInputException($"--sharpness-of {text}: the trial has recorded no sharpness. A study asks for it before it runs: gauges: {{ sharpness: {{ every: 100 }} }}.");
        var shares = series[SharpnessGauge.Ratio]
            ?? throw new BadInputException($"--sharpness-of {text}: its rule has no limit that could be told, so the sharpness is recorded alone.");
        var read = series.Steps.Zip(shares).Where(x => double.IsFinite(x.Second)).ToList();
        return read.Count == 0 ? throw new BadInputException($"--sharpness-of {text}: no reading of the trial is a number.")
            : new(invocation.Optimizers().Create(rule, trial.Settings.Hyperparameters.ToDictionary(one => one.Name, one => (object)one.Value)),
                [.. read.Select(x => x.First)], [.. read.Select(x => x.Second)]);
    }

    public void Write(Terminal terminal)
    {
        int most = Shares.Index().MaxBy(x => x.Item).Index;
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, $"After step {Format.Count(Steps[^1])} the trial is at {Format.Fixed(Shares[^1], 2)} of the limit; "
            + $"it began at {Format.Fixed(Shares[0], 2)} and came to {Format.Fixed(Shares[most], 2)} at step {Format.Count(Steps[most])}.");
    }
}
