namespace Descent.Studies.Lint.Rules;

/// <summary>Equal epochs are unequal work for unequal batches.</summary>
sealed class UnequalSteps() : LintRule("unequal-steps", Severity.Error,
    "At equal epochs a larger batch takes fewer steps, so the batch's size and the number of steps cannot be told apart.",
    "Give all the same budget of steps: steps: 3000; or compare times to a target on the clock that matters.")
{
    public override string? See(LintSubject subject)
    {
        var batches = subject.Plan.Select(trial => trial.Settings).Where(x => x.Steps is null).Select(x => (x.BatchSize, x.Epochs)).Distinct().OrderBy(x => x.BatchSize).ToList();
        bool isUnequal = batches.Count > 0 && batches[^1].BatchSize > batches[0].BatchSize
            && (double)batches[^1].Epochs!.Value / batches[^1].BatchSize != (double)batches[0].Epochs!.Value / batches[0].BatchSize;
        return isUnequal ? $"Batches of {batches[0].BatchSize} to {batches[^1].BatchSize} images run for {string.Join(" or ", batches.Select(x => x.Epochs).Distinct().Take(3))} epochs: "
            + $"{Charts.Numbers.Significant((double)batches[0].Epochs!.Value / batches[0].BatchSize * batches[^1].BatchSize / batches[^1].Epochs!.Value, 3)} times as many steps." : null;
    }
}
