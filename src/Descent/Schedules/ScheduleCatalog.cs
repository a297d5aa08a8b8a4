namespace Descent.Schedules;

/// <summary>The schedules that there are: the records of this folder.</summary>
public static class ScheduleCatalog
{
    static readonly Lazy<RecordCatalog<ISchedule>> all = new(() => new("a schedule", typeof(ScheduleCatalog).Assembly));

    /// <summary>Made at the first use.</summary>
    public static RecordCatalog<ISchedule> Default => all.Value;
}
