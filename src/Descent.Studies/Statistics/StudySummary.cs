namespace Descent.Studies.Statistics;

/// <summary>All settings of a study, each summed up over its seeds: the source of the terminal's table and of the report's.</summary>
/// <param name="Settings">In the order in which the study names them.</param>
public sealed record StudySummary(IReadOnlyList<SettingSummary> Settings)
{
    /// <summary>What its results are told in, see <see cref="MetricName"/>.</summary>
    public string Metric => MetricName.Of(Settings.SelectMany(setting => setting.Trials));

    public static StudySummary From(IEnumerable<TrialResult> trials)
    {
        var groups = trials.GroupBy(trial => trial, SameSetting.Comparer).Select(group => group.ToList()).ToList();
        var labels = UniqueLabels([.. groups.Select(group => group[0])]);
        return new([.. groups.Select((group, i) => SettingSummary.From(labels[i], group))]);
    }

    /// <summary>A label shared by several settings gets those keys added in which its settings differ.</summary>
    static string[] UniqueLabels(IReadOnlyList<TrialResult> settings)
    {
        var labels = new string[settings.Count];
        foreach (var same in Enumerable.Range(0, settings.Count).GroupBy(i => settings[i].Optimizer))
        {
            var rivals = same.Select(i => settings[i].Settings).ToList();
            foreach (int i in same)
            {
                var telling = settings[i].Settings.Where(setting => rivals.Any(other => !other.Contains(setting)));
                labels[i] = string.Join(' ', telling.Select(setting => $"{setting.Name}={setting.Value}").Prepend(same.Key));
            }
        }

        return labels;
    }

    sealed class SameSetting : IEqualityComparer<TrialResult>
    {
        public static readonly SameSetting Comparer = new();

        public bool Equals(TrialResult? x, TrialResult? y) => x!.Optimizer == y!.Optimizer && x.Settings.SequenceEqual(y.Settings);

        public int GetHashCode(TrialResult trial)
        {
            var hash = new HashCode();
            hash.Add(trial.Optimizer);
            foreach (var setting in trial.Settings)
            {
                hash.Add(setting);
            }

            return hash.ToHashCode();
        }
    }
}
