using System.Globalization;
using Descent.Studies;
using Descent.Studies.Pictures;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Pictures;

/// <summary>A made-up grid of two optimizers, three learning rates, two batch sizes and three seeds: adam at the largest learning rate diverges at batch
/// size 64, and of batch size 32 with its first seed alone.</summary>
static class GridStudy
{
    static readonly string[] optimizers = ["sgd", "adam"];
    static readonly double[] rates = [0.01, 0.1, 1];
    static readonly int[] batches = [32, 64];

    public static PictureStudy Study(params string[] groupBy) => new("grid", Trials(), groupBy)
    {
        Classes = ["cat", "dog"],
        Checkpoints = [1, 2],
        Target = new("test accuracy", 0.5),
    };

    public static IReadOnlyList<TrialResult> Trials() =>
    [
        .. Enumerable.Range(0, 3).SelectMany(seed => optimizers.SelectMany(optimizer => rates.SelectMany(rate =>
            batches.Select(batch => Trial(optimizer, rate, batch, seed))))),
    ];

    /// <summary>Final validation accuracy: 0.5, 0.1 more for adam, 0.2 more for rate 0.1, 0.05 less for batch 64, 0.01 more a seed.</summary>
    public static double Final(string optimizer, double rate, int batch, int seed) =>
        0.5 + (optimizer == "adam" ? 0.1 : 0) + (rate == 0.1 ? 0.2 : 0) - (batch == 64 ? 0.05 : 0) + (0.01 * seed);

    /// <summary>Four readings: a sharpness that rises to the limit 2/rate, a gradient that falls, units that die.</summary>
    static IReadOnlyList<GaugeSeries> Gauges(double rate)
    {
        long[] steps = [0, 10, 20, 30];
        double[] seconds = [0.1, 0.1, 0.1, 0.1];
        return
        [
            new("gradients", steps, [new("gradient_norm.fc1.weight", [4, 3, 2, 1]), new("update_ratio.fc1.weight", [4 * rate, 3 * rate, 2 * rate, rate])], seconds),
            new("sharpness", steps, [new("sharpness", [0.5 / rate, 1 / rate, 1.5 / rate, 2 / rate]), new("stability_limit", [2 / rate, 2 / rate, 2 / rate, 2 / rate]),
                new("sharpness_ratio", [0.25, 0.5, 0.75, 1])], seconds),
            new("activations", steps, [new("dead_units.relu1", [0, 0.1, 0.2, 0.3])], seconds),
        ];
    }

    static TrialResult Trial(string optimizer, double rate, int batch, int seed)
    {
        bool isDiverged = optimizer == "adam" && rate == 1 && (batch == 64 || seed == 0);
        double final = Final(optimizer, rate, batch, seed);
        double[] losses = [.. Enumerable.Range(1, 40).Select(step => isDiverged && step > 9 ? double.NaN : 2 / Math.Sqrt(step))];
        Setting[] settings = [new("learning_rate", rate.ToString(CultureInfo.InvariantCulture)), new("batch_size", $"{batch}")];
        return new()
        {
            Id = $"{optimizer[0]:x}{rate}{batch}{seed}",
            Optimizer = optimizer,
            Rule = optimizer,
            Settings = settings,
            AllSettings = [.. settings, new("epochs", "9")],
            Seed = (ulong)seed,
            State = isDiverged ? TrialState.Diverged : TrialState.Complete,
            StoppedAtStep = isDiverged ? 10 : null,
            Steps = new(Enumerable.Range(1, 40).Select(i => (long)i).ToArray(), losses, Array.ConvertAll(losses, x => x / 2)),
            Epochs = [.. Enumerable.Range(0, isDiverged ? 1 : 10).Select(epoch => new EpochPoint(epoch, 10 * epoch, 2 - (0.1 * epoch), final + 0.1, 2, final - 0.1)
            {
                ValidationLoss = 2.1 - (0.1 * epoch),
                ValidationAccuracy = final - (0.01 * (9 - epoch)),
            })],
            FinalTestAccuracy = isDiverged ? null : final - 0.1,
            BestTestAccuracy = final - 0.1,
            Seconds = 6400.0 / batch,
            ReadCost = () => new(batch, 1e6, TakesOneGradient: true, 100, 0),
            ReadGauges = () => isDiverged ? [] : Gauges(rate),
            ReadConfusion = () => isDiverged ? null : [[90 + seed, 10 - seed], [20, 30]],
        };
    }
}
