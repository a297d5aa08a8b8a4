using Descent.Schedules;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.Studies.Definition;

/// <summary>The schedules of an optimizer of a study, each with all its values in canonical form (<c>name</c> first); none where a list is
/// empty.</summary>
public sealed record StudySchedules
{
    /// <summary>The keys under which studies, trials and checkpoints know them.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [ScheduleTarget.LearningRate, ScheduleTarget.WeightDecay, ScheduleTarget.Momentum];

    /// <summary>Everything constant.</summary>
    public static StudySchedules None { get; } = new();

    /// <summary>Of the learning rate.</summary>
    public IReadOnlyList<Setting> LearningRate { get; init; } = [];

    public IReadOnlyList<Setting> WeightDecay { get; init; } = [];

    public IReadOnlyList<Setting> Momentum { get; init; } = [];

    /// <summary>By <see cref="Keys"/>, those that there are.</summary>
    public IEnumerable<(string Key, IReadOnlyList<Setting> Schedule)> All =>
        Keys.Zip([LearningRate, WeightDecay, Momentum]).Where(x => x.Second.Count > 0);

    /// <summary>The schedules under <see cref="Keys"/>.</summary>
    /// <param name="find">An empty list where there is none.</param>
    public static StudySchedules From(Func<string, IReadOnlyList<Setting>> find) => new()
    {
        LearningRate = find(Keys[0]),
        WeightDecay = find(Keys[1]),
        Momentum = find(Keys[2]),
    };

    /// <summary>All values of a plan; none where it changes nothing, so that a trial which says so is the trial that says nothing.</summary>
    public static IReadOnlyList<Setting> Canonical(SchedulePlan plan) =>
        plan.IsConstant ? [] : [.. plan.Values.Select(x => new Setting(x.Key, Hyperparameter.Text(x.Value)))];

    /// <summary>The plan that canonical values say; null for none.</summary>
    /// <exception cref="BadInputException">There is no such schedule, or no longer.</exception>
    public static SchedulePlan? Plan(IReadOnlyList<Setting> schedule) => schedule.Count == 0 ? null
        : SchedulePlan.Create(schedule[0].Value, schedule.Skip(1).ToDictionary(x => x.Name, x => (object)x.Value));

    /// <summary>For people: <c>cosine</c>, or <c>cosine(warmup=500)</c> with what differs from the defaults; <c>constant</c> for none.</summary>
    public static string Short(IReadOnlyList<Setting> schedule)
    {
        if (schedule is not [{ Value: var name }, ..])
        {
            return "constant";
        }

        var defaults = SchedulePlan.Create(name, new Dictionary<string, object>()).Values
            .Select(x => new Setting(x.Key, Hyperparameter.Text(x.Value)));
        string values = string.Join(", ", schedule.Except(defaults).Select(x => $"{x.Name}={x.Value}"));
        return values.Length == 0 ? name : $"{name}({values})";
    }
}
