namespace Descent.Schedules;

/// <summary>A schedule with the warmup before it and the unit in which it counts.</summary>
/// <remarks>During a warmup of W steps the factor is f(0)·(t + 1)/(W + 1) for t = 0 … W − 1: no step is wasted at zero, and the first full
/// step is the schedule's own first. The warmup rises with every step, also before a schedule that moves once an epoch.</remarks>
/// <param name="Schedule">What follows the warmup.</param>
/// <param name="Warmup">How long the learning rate rises linearly at the start: below 1 a share of the training, from 1 on steps, or epochs
/// where the schedule moves once an epoch. 0 for none.</param>
/// <param name="Per">Whether the schedule moves with every step, or once an epoch; then all its lengths count epochs.</param>
public sealed record SchedulePlan(ISchedule Schedule, double Warmup, string Per)
{
    const string NameKey = "name", WarmupKey = "warmup", PerKey = "per";

    static readonly HyperparameterBinding surroundings = new("schedule", typeof(Around));

    /// <summary>Warmup and unit, which every schedule has beside its own hyperparameters.</summary>
    public static IReadOnlyList<Hyperparameter> Common => surroundings.All;

    /// <summary>True where it changes nothing: the factor is 1 at every step.</summary>
    public bool IsConstant => Schedule is Constant && Warmup == 0;

    public bool IsPerEpoch => Per == "epoch";

    /// <summary>Name, hyperparameters, warmup and unit: what identifies the plan.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values
    {
        get
        {
            var description = ScheduleCatalog.Default.Of(Schedule);
            return [new(NameKey, description.Name), .. description.Values(Schedule), new(WarmupKey, Warmup), new(PerKey, Per)];
        }
    }

    /// <summary>A plan from a name and values.</summary>
    /// <param name="name">Of the schedule.</param>
    /// <param name="values">Hyperparameters of the schedule, <c>warmup</c>, <c>per</c>; those not given keep their defaults.</param>
    /// <exception cref="BadInputException">An unknown name, or a value that is not allowed.</exception>
    public static SchedulePlan Create(string name, IReadOnlyDictionary<string, object> values)
    {
        var description = ScheduleCatalog.Default.Find(name);
        foreach (string key in values.Keys)
        {
            _ = Hyperparameter(name, key);
        }

        var around = (Around)surroundings.Create(Among(surroundings.All, values));
        var schedule = description.Create(Among(description.Hyperparameters, values));
        return new(schedule, values.ContainsKey(WarmupKey) ? around.Warmup : schedule.DefaultWarmup, around.Per);
    }

    /// <summary>A hyperparameter of a schedule, warmup and unit among them.</summary>
    /// <exception cref="BadInputException">It has none of this name; the nearest is suggested.</exception>
    public static Hyperparameter Hyperparameter(string name, string key)
    {
        var all = ScheduleCatalog.Default.Find(name).Hyperparameters.Concat(Common).ToList();
        return all.Find(x => x.Name == key)
            ?? throw new BadInputException($"{name} has no hyperparameter \"{key}\".{NearestName.Hint(key, all.Select(x => x.Name))}");
    }

    static Dictionary<string, object> Among(IReadOnlyList<Hyperparameter> known, IReadOnlyDictionary<string, object> values) =>
        values.Where(x => known.Any(y => y.Name == x.Key)).ToDictionary();

    /// <summary>What every schedule has.</summary>
    /// <param name="Warmup">How long the factor rises linearly at the start.</param>
    /// <param name="Per">Whether the schedule moves with every step or once an epoch; all its lengths are in this unit.</param>
    sealed record Around([Length] double Warmup = 0, [Choice("step", "epoch")] string Per = "step");
}
