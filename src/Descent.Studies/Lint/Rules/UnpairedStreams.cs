using Descent.Studies.Definition;

namespace Descent.Studies.Lint.Rules;

/// <summary>What a seed does to one optimizer, it must do to the other.</summary>
sealed class UnpairedStreams() : LintRule("unpaired-streams", Severity.Warning,
    "At one seed the optimizers do not see the same initial weights, images or batches, so differences carry the spread of both.",
    "Let them differ in the optimizer alone, and run all at the same seeds.")
{
    public override string? See(LintSubject subject)
    {
        if (subject.Labels.Count < 2)
        {
            return null;
        }

        (string What, Func<TrialSettings, string> Of)[] keys =
        [
            ("batch_size", x => $"{x.BatchSize}"), ("order", x => x.Order), ("initialization", x => x.Initialization), ("precision", x => x.Precision),
            (SweptKey.NormalizationKey, x => x.Normalization ?? ""),
        ];
        var differing = keys.Where(key => subject.Labels.Select(label => label.Joined(key.Of)).Distinct().Count() > 1).Select(key => key.What).ToList();
        return differing.Count > 0 ? $"The optimizers differ in {string.Join(", ", differing)}." : Seeds(subject);
    }

    static string? Seeds(LintSubject subject)
    {
        var seeds = subject.Labels.Select(label => (label.Name, Seeds: string.Join(", ", label.Trials.Select(trial => trial.Settings.Seed).Distinct().Order()))).ToList();
        return seeds.Select(x => x.Seeds).Distinct().Count() > 1 ? $"{seeds[0].Name} has the seeds {seeds[0].Seeds}, {seeds.First(x => x.Seeds != seeds[0].Seeds).Name} others." : null;
    }
}
