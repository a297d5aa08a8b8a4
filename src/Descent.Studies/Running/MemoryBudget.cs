using System.Globalization;
using Descent.Studies.Definition;

namespace Descent.Studies.Running;

/// <summary>Keeps the trials in flight within an amount of memory, by estimates. Whoever uses it from several threads holds a lock.</summary>
sealed class MemoryBudget
{
    /// <summary>The program itself with its runtime; a process that has just trained a small net was measured at 90 MB beside that net.</summary>
    const long ProgramBytes = 100_000_000;

    readonly Dictionary<string, long> needs;
    long left;

    /// <param name="bytes">What may be taken in all.</param>
    /// <param name="trainings">Tell what they take.</param>
    /// <param name="trials">That will be run; their data are one.</param>
    /// <exception cref="BadInputException">A trial does not fit even when it runs alone.</exception>
    public MemoryBudget(long bytes, ITrialTrainings trainings, IReadOnlyList<TrialSettings> trials)
    {
        SharedBytes = trials.Count == 0 ? 0 : trainings.SharedBytes(trials[0]);
        left = bytes - ProgramBytes - SharedBytes;
        needs = trials.ToDictionary(trial => trial.Id, trial => trainings.EstimateOf(trial).MemoryBytes);
        if (trials.Count > 0 && needs.Values.Max() is var most && most > left)
        {
            var largest = trials.First(trial => needs[trial.Id] == most);
            throw new BadInputException($"A trial of {largest.Optimizer} with batches of {largest.PhysicalBatch ?? largest.BatchSize} needs about "
                + $"{Text(most + ProgramBytes + SharedBytes)} of memory, and {Text(bytes)} may be used: give more with --memory, or a smaller physical_batch.");
        }
    }

    /// <summary>What all trials use together, such as the images.</summary>
    public long SharedBytes { get; }

    /// <summary>How many of the largest trials fit side by side.</summary>
    public int MostSideBySide
    {
        get
        {
            long rest = left;
            return needs.Values.OrderDescending().TakeWhile(need => (rest -= need) >= 0).Count();
        }
    }

    public long Need(TrialSettings trial) => needs[trial.Id];

    public bool Fits(PlannedTrial trial) => needs[trial.Id] <= left;

    public void Take(PlannedTrial trial) => left -= needs[trial.Id];

    public void GiveBack(PlannedTrial trial) => left += needs[trial.Id];

    static string Text(long bytes) => bytes < 1e9 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e6):F0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e8) / 10:F1} GB");
}
