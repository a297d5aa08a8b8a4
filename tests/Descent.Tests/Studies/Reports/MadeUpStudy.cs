using System.Security.Cryptography;
using System.Text;
using Descent.Studies;
using Descent.Studies.Reports;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Reports;

/// <summary>A study whose numbers are invented, each different from the others, so that a page can be searched for them.</summary>
static class MadeUpStudy
{
    public static readonly (string Label, double Final, Setting[] Settings)[] Optimizers =
    [
        ("sgd", 0.9411, [new("learning_rate", "0.1")]),
        ("sgd with momentum", 0.9723, [new("learning_rate", "0.1"), new("momentum", "0.9")]),
        ("nesterov", 0.9735, [new("learning_rate", "0.1"), new("momentum", "0.9"), new("nesterov", "true")]),
        ("rmsprop", 0.9647, [new("learning_rate", "0.001")]),
        ("adam", 0.9659, [new("learning_rate", "0.001")]),
        ("adamw", 0.9701, [new("learning_rate", "0.001"), new("weight_decay", "0.01")]),
    ];

    public static ReportModel Model(int seeds = 3) => new()
    {
        Study = "quickstart",
        Question = "How do six optimizers compare?",
        Workload = "digits-mlp",
        WorkloadDescription = "64-64-10 on the handwritten digits",
        SharedSettings = [new("epochs", "20"), new("batch_size", "32")],
        Target = new("test accuracy", 0.95),
        Trials = [.. Enumerable.Range(0, seeds).SelectMany(seed => Optimizers.Select((_, i) => Trial(i, seed)))],
        WrittenAt = new(2026, 1, 15, 9, 31, 0, TimeSpan.Zero),
    };

    /// <summary>A complete trial; seed 1 of nesterov diverges at step 412.</summary>
    public static TrialResult Trial(int optimizer, int seed)
    {
        var (label, final, settings) = Optimizers[optimizer];
        bool isDiverged = label == "nesterov" && seed == 1;
        double own = final + (0.0017 * seed) - (0.0003 * optimizer * seed);
        int steps = isDiverged ? 412 : 900;
        double[] losses = [.. Enumerable.Range(1, steps).Select(step => 0.1 + (2.2 * Math.Exp(-step * final / 200.0)))];
        losses[^1] = isDiverged ? double.NaN : losses[^1];
        return new()
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{label} {seed}"))),
            Optimizer = label,
            Settings = settings,
            Seed = (ulong)seed,
            State = isDiverged ? TrialState.Diverged : TrialState.Complete,
            StoppedAtStep = isDiverged ? 412 : null,
            Steps = new(Enumerable.Range(1, steps).Select(i => (long)i).ToArray(), losses, Array.ConvertAll(losses, x => 0.7 * x)),
            Epochs = [.. Enumerable.Range(0, isDiverged ? 10 : 21).Select(epoch => Point(epoch, own))],
            FinalTestAccuracy = isDiverged ? null : own,
            BestTestAccuracy = own + 0.0011,
            StepsToTarget = label == "sgd" ? null : 180 + (45 * seed),
            Seconds = 1.01 + (0.1 * optimizer) + (0.017 * seed),
            ProcessorSeconds = 0.91 + (0.1 * optimizer) + (0.019 * seed),
            Environment = new("A machine of eight cores, Debian 12", 8, 256, ".NET 10.0.1", "3f9a12c"),
            EndedAt = new(2026, 1, 15, 9, 30, seed, TimeSpan.Zero),
        };
    }

    static EpochPoint Point(int epoch, double final)
    {
        double accuracy = final - ((final - 0.1) * Math.Exp(-epoch));
        return new(epoch, epoch * 45, 2.3 * Math.Exp(-0.3 * epoch), accuracy, 2.4 * Math.Exp(-0.3 * epoch), accuracy);
    }
}
