using Descent.Schedules;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>Reads a schedule of a study: <c>cosine</c>, or <c>{ name: cosine, warmup: 500 }</c>.</summary>
static class ScheduleReader
{
    /// <summary>Its values in canonical form; none where it changes nothing.</summary>
    /// <param name="node">What stands under the key.</param>
    /// <param name="key">As in <c>schedule</c>, for messages.</param>
    /// <exception cref="BadInputException">There is no such schedule, or a value is not allowed; the message says where.</exception>
    public static IReadOnlyList<Setting> Read(YamlNode node, string key) => StudySchedules.Canonical(
        NamedValues.Read(node, key, "{ name: cosine, warmup: 500 }", SchedulePlan.Hyperparameter).Create(SchedulePlan.Create));
}
