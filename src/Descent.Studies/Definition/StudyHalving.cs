namespace Descent.Studies.Definition;

/// <summary>Synchronous successive halving: all settings of an optimizer train to the first rung; the best of them, one in <paramref name="Factor"/>, go on to the next, and the
/// last go to the end of the budget. The others are pruned.</summary>
/// <remarks>Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016. A setting counts by its mean validation accuracy over
/// the seeds at the rung; of equal ones the earlier in the study's order goes on. A rung waits for all of its trials, so which go on does not depend on how many run side by
/// side.</remarks>
/// <param name="Factor">At least 2.</param>
/// <param name="First">The epoch of the first rung; at least 1, before the end of the budget.</param>
public sealed record StudyHalving(int Factor, int First)
{
    public const string Key = "halving";

    const int UsualFactor = 3;

    /// <summary>The epochs at which settings are compared, each <see cref="Factor"/> times the one before.</summary>
    /// <param name="epochs">The budget.</param>
    public IReadOnlyList<int> Rungs(int epochs)
    {
        var rungs = new List<int>();
        for (long rung = First; rung < epochs; rung *= Factor)
        {
            rungs.Add((int)rung);
        }

        return rungs;
    }

    /// <summary>How many of some settings go on: one in <see cref="Factor"/>, rounded down, and one at least.</summary>
    public int Kept(int settings) => Math.Max(1, settings / Factor);

    /// <summary>Trials with the epochs that they would train if the settings came in as they stand in the study: for estimates.</summary>
    /// <param name="all">Of the study.</param>
    /// <param name="asked">Some of them.</param>
    internal IReadOnlyList<TrialSettings> Shortened(IReadOnlyList<PlannedTrial> all, IReadOnlyList<TrialSettings> asked)
    {
        var epochs = new Dictionary<string, int>();
        foreach (var settings in all.GroupBy(trial => trial.Label).Select(optimizer => optimizer.GroupBy(Setting).ToList()))
        {
            for (int place = 0; place < settings.Count; place++)
            {
                int budget = all[0].Settings.Epochs!.Value, left = settings.Count;
                foreach (int rung in Rungs(budget))
                {
                    left = Kept(left);
                    if (place >= left)
                    {
                        budget = rung;
                        break;
                    }
                }

                foreach (var trial in settings[place])
                {
                    epochs.Add(trial.Id, budget);
                }
            }
        }

        return [.. asked.Select(trial => trial with { Epochs = epochs[trial.Id] })];
    }

    /// <summary>What trials of one setting have in common: all but the seed.</summary>
    internal static string Setting(PlannedTrial trial) => string.Join('\n', trial.Told.Select(x => $"{x.Name}={x.Value}"));

    /// <summary>The whole of what is under the key; null where it is not given.</summary>
    /// <exception cref="BadInputException">A value is wrong.</exception>
    internal static StudyHalving? Read(YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var keys = node as YamlMapping ?? throw node.Wrong(Key, "be keys with values ({ first: 1, factor: 3 })");
        keys.RequireKnown(Key, ["first", "factor"]);
        return new(keys["factor"] is { } factor ? Whole(factor, "factor", 2) : UsualFactor, keys["first"] is { } first ? Whole(first, "first", 1) : 1);

        static int Whole(YamlNode node, string key, int least) => (int)Math.Min(int.MaxValue, node.Whole($"{Key}: {key}", least));
    }

    /// <summary>Refuses what cannot be compared at rungs.</summary>
    /// <param name="trials">Of the study.</param>
    /// <exception cref="BadInputException">There is nothing to choose by, or trials have no or different epochs.</exception>
    internal void RequireComparable(IReadOnlyList<PlannedTrial> trials)
    {
        var settings = trials[0].Settings;
        if (settings.ValidationCount == 0)
        {
            throw new BadInputException("halving chooses by images for validation, and the study sets none apart: say validation: 10%.");
        }

        if (trials.Any(trial => trial.Settings.Epochs is null || trial.Settings.Epochs != settings.Epochs) || StudyEvaluation.Interval(settings.Evaluation) is not null)
        {
            throw new BadInputException("halving compares after whole epochs: all trials need one budget of epochs, and evaluations after each of them.");
        }

        if (First >= settings.Epochs)
        {
            throw new BadInputException($"halving: first must be before the end of {settings.Epochs} epochs, got {First}.");
        }
    }
}
