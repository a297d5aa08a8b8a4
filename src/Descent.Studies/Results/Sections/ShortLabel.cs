using Descent.Studies.Statistics;

namespace Descent.Studies.Results.Sections;

/// <summary>A setting's label as the heading of a narrow column.</summary>
static class ShortLabel
{
    /// <summary>Without the optimizer that all have in common, and without the key where one value tells it apart.</summary>
    public static string Of(SettingSummary setting, IReadOnlyList<SettingSummary> all)
    {
        string label = setting.Label.StartsWith(setting.Optimizer + " ", StringComparison.Ordinal)
            && all.All(other => other.Optimizer == setting.Optimizer) ? setting.Label[(setting.Optimizer.Length + 1)..] : setting.Label;
        return label.Split(' ') is [var only] ? only[(only.IndexOf('=', StringComparison.Ordinal) + 1)..] : label;
    }
}
