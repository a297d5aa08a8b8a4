namespace Descent.Studies.Lint.Rules;

/// <summary>Seconds of two machines do not compare.</summary>
sealed class MixedMachines() : LintRule("mixed-machines", Severity.Warning,
    "The trials ran on different machines or runtimes, so their times do not compare.",
    "Compare steps, images or FLOPs, or run all on one machine.")
{
    public override string? See(LintSubject subject)
    {
        var places = subject.Results.Select(trial => trial.Environment).OfType<Statistics.RunEnvironment>().Select(x => $"{x.Machine}, {x.Cores} cores, {x.Runtime}").Distinct().ToList();
        return places.Count <= 1 ? null : $"{places.Count} places: {string.Join("; ", places.Take(3))}.";
    }
}
