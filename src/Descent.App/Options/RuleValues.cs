using Descent.Optimizers;
using Descent.Schedules;

namespace Descent.App.Options;

/// <summary>What <c>--set</c> says to rules on a test problem: <c>learning_rate=0.1</c> to every rule that has it, <c>adam.learning_rate=0.1</c> to one
/// of them, <c>schedule=cosine</c> and <c>schedule.warmup=10</c> to the schedule of all.</summary>
sealed class RuleValues
{
    const string ScheduleKey = "schedule";

    readonly List<SetValue> values;
    readonly List<SetValue> schedule;
    readonly IReadOnlyList<(string Owner, OptimizerDescription Rule)> rules;

    /// <param name="given">As the user typed them.</param>
    /// <param name="rules">With the words that stand for each before a dot.</param>
    /// <exception cref="BadInputException">A value is for no rule, or for none that has it.</exception>
    public RuleValues(IEnumerable<string> given, IReadOnlyList<(string Owner, OptimizerDescription Rule)> rules)
    {
        this.rules = rules;
        var all = given.Select(SetValue.Parse).ToList();
        schedule = all.FindAll(x => x.Owner == ScheduleKey || (x.Owner.Length == 0 && x.Key == ScheduleKey));
        values = [.. all.Except(schedule)];
        values.ForEach(RequireMeaning);
    }

    /// <summary>The schedule of the learning rate; null where none is given.</summary>
    /// <exception cref="BadInputException">It has no name, an unknown one, or a value that is not allowed.</exception>
    public SchedulePlan? Schedule()
    {
        if (schedule.Count == 0)
        {
            return null;
        }

        string name = schedule.LastOrDefault(x => x.Key is ScheduleKey or "name").Value
            ?? throw new BadInputException($"--set {ScheduleKey}.{schedule[0].Key}: which schedule? Add --set schedule=cosine. See: descent list schedules");
        return SchedulePlan.Create(name, schedule.Where(x => x.Key is not (ScheduleKey or "name"))
            .GroupBy(x => x.Key).ToDictionary(x => x.Key, x => (object)x.Last().Value));
    }

    /// <summary>The optimizer of an owner.</summary>
    /// <exception cref="BadInputException">A value is not allowed.</exception>
    public IOptimizer Create(string owner)
    {
        var rule = rules.First(x => x.Owner == owner).Rule;
        var mine = new Dictionary<string, object>();
        foreach (var value in values.Where(x => IsFor(x, owner, rule)).OrderBy(x => x.Owner.Length == 0 ? 0 : x.Owner == owner ? 2 : 1))
        {
            if (rule.Hyperparameters.Any(x => x.Name == value.Key))
            {
                mine[value.Key] = value.Value;
            }
        }

        return rule.Create(mine);
    }

    static bool IsFor(SetValue value, string owner, OptimizerDescription rule) =>
        value.Owner.Length == 0 || value.Owner == owner || value.Owner == rule.Name;

    /// <summary>A bare key is for every rule that has it, and one must.</summary>
    void RequireMeaning(SetValue value)
    {
        var meant = rules.Where(x => IsFor(value, x.Owner, x.Rule)).Select(x => x.Rule).ToList();
        if (meant.Count == 0)
        {
            throw new BadInputException($"--set {value.Owner}.{value.Key}: {value.Owner} is not among the rules."
                + NearestName.Hint(value.Owner, rules.SelectMany(x => new[] { x.Owner, x.Rule.Name }).Distinct()));
        }

        if (!meant.Exists(rule => rule.Hyperparameters.Any(x => x.Name == value.Key)))
        {
            _ = meant[0].Hyperparameter(value.Key);
        }
    }
}
