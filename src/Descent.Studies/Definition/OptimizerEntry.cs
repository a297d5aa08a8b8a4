using Descent.Optimizers;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.Studies.Definition;

/// <summary>One line of a study's optimizers: a rule with the values to try.</summary>
/// <param name="Label">What results call it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Values">The hyperparameters that the study names, in its order; the others keep their defaults.</param>
public sealed record OptimizerEntry(string Label, OptimizerDescription Rule, IReadOnlyList<HyperparameterValues> Values)
{
    /// <summary>The rule's name in the catalog.</summary>
    public string Optimizer => Rule.Name;

    /// <summary>The schedules that this entry has in place of the study's, by their keys; an empty one is constant.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Setting>> Schedules { get; init; } = new Dictionary<string, IReadOnlyList<Setting>>();

    /// <summary>The clipping that this entry has in place of the study's, in canonical form; null for the study's.</summary>
    public IReadOnlyList<Setting>? Clip { get; init; }

    /// <summary>Parameters with hyperparameters of their own, in canonical form; see <see cref="StudyGroups"/>.</summary>
    public IReadOnlyList<Setting> Groups { get; init; } = [];

    /// <summary>Keys of the study that may list several values, with the one of this entry, in canonical form: they stand in place of the
    /// study's.</summary>
    public IReadOnlyList<Setting> Own { get; init; } = [];

    /// <summary>How many combinations there are; a double, because it may be far more than anybody can run.</summary>
    public double CombinationCount => Values.Aggregate(1.0, (product, x) => product * x.Values.Count);

    /// <summary>Every combination of the values; the last hyperparameter changes fastest.</summary>
    public IEnumerable<IReadOnlyList<Setting>> Combinations() => Values.Aggregate<HyperparameterValues, IEnumerable<Setting[]>>(
        [[]], (before, values) => before.SelectMany(x => values.Values.Select(value => (Setting[])[.. x, new(values.Name, value)])));

    /// <summary>Every hyperparameter of the rule with its value in the combination, in the order of the rule's declaration.</summary>
    /// <param name="combination">Those that the study names.</param>
    /// <param name="schedules">The keys of the schedules that the optimizer is to have.</param>
    /// <exception cref="BadInputException">The values contradict each other, or the rule lacks what a schedule multiplies.</exception>
    public IReadOnlyList<Setting> Complete(IReadOnlyList<Setting> combination, IEnumerable<string>? schedules = null)
    {
        var optimizer = Rule.Create(combination.ToDictionary(x => x.Name, x => (object)x.Value));
        foreach (string key in (schedules ?? []).Where(key => key != ScheduleTarget.LearningRate))
        {
            _ = ScheduleTarget.Find(key, Rule, optimizer);
        }

        return [.. Rule.Values(optimizer).Select(x => new Setting(x.Key, Hyperparameter.Text(x.Value)))];
    }
}

/// <param name="Name">As in <c>learning_rate</c>.</param>
/// <param name="Values">One or more, in round-trip form, none twice.</param>
public sealed record HyperparameterValues(string Name, IReadOnlyList<string> Values);
