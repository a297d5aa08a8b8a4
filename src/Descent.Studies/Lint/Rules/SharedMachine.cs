namespace Descent.Studies.Lint.Rules;

/// <summary>Trials side by side slow each other down.</summary>
sealed class SharedMachine() : LintRule("shared-machine", Severity.Warning,
    "The trials shared the machine with each other, so their wall times tell of their neighbours too.",
    "Compare steps, images or FLOPs; for seconds, run with --workers 1.")
{
    const double Noticeable = 0.05;

    public override string? See(LintSubject subject)
    {
        var beside = subject.Results.Where(trial => trial.State == TrialState.Complete).Select(trial => trial.TrialsBeside).OfType<double>().ToList();
        return beside.Count > 0 && beside.Average() > Noticeable ? $"On average {Charts.Numbers.Significant(beside.Average(), 2)} other trials ran beside each." : null;
    }
}
