namespace Descent.Studies.Lint.Rules;

/// <summary>Defaults regularize some and not others.</summary>
sealed class DecayDiffers() : LintRule("decay-differs", Severity.Error,
    "Weight decay is 0.01 by default in AdamW and 0 in most other rules: what is compared is then the decay, not the rule.",
    "Name it for every optimizer: set it to 0, or tune it for each.")
{
    const string Decay = "weight_decay";

    public override string? See(LintSubject subject)
    {
        // Who names a decay has decided on it; a decay of 0 by default is what everybody expects.
        var unnamed = subject.Labels.Where(label => label.Trials.All(trial => trial.Told.All(x => x.Name != Decay)
            && LintUnit.Hyperparameter(trial.Settings, Decay) is { Length: > 0 } and not "0")).ToList();
        var decays = subject.Labels.Select(label => (label.Name, Value: label.Joined(x => LintUnit.Hyperparameter(x, Decay) is { Length: > 0 } value ? value : "0"))).ToList();
        return unnamed.Count == 0 || decays.Select(x => x.Value).Distinct().Count() < 2 ? null
            : $"{string.Join("; ", decays.GroupBy(x => x.Value).Take(4).Select(same => $"{same.Key} for {Names([.. same.Select(x => x.Name)])}"))}; "
                + $"{Names([.. unnamed.Select(label => label.Name)])} {(unnamed.Count == 1 ? "has" : "have")} it by default.";
    }

    static string Names(IReadOnlyList<string> names) => names.Count <= 3 ? string.Join(", ", names) : $"{names[0]}, {names[1]} and {names.Count - 2} others";
}
