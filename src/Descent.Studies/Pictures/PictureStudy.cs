using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>What pictures are drawn of: the chosen trials of a study, and how they are put together.</summary>
public sealed class PictureStudy
{
    /// <param name="name">The study's name.</param>
    /// <param name="trials">The chosen ones, in the study's order.</param>
    /// <param name="groupBy">Keys by whose values trials are put together; none for the settings of the study.</param>
    /// <exception cref="BadInputException">No trial has such a key.</exception>
    public PictureStudy(string name, IReadOnlyList<TrialResult> trials, params IReadOnlyList<string> groupBy)
    {
        (Name, Trials) = (name, trials);
        Summary = StudySummary.From(groupBy.Count == 0 ? trials : TrialGrouping.By(trials, groupBy));
        Drawn = DrawnSetting.Of(Summary);
        HeldOut = HeldOut.Of(trials);
        (IsGrouped, Repeat) = groupBy.Count == 0 ? (false, "seed") : (true, "trial");
    }

    public string Name { get; }

    /// <summary>As the study tells them apart, whatever they are grouped by.</summary>
    public IReadOnlyList<TrialResult> Trials { get; }

    /// <summary>The settings or groups.</summary>
    public StudySummary Summary { get; }

    public StudyTarget? Target { get; init; }

    /// <summary>By which images accuracies are told.</summary>
    public HeldOut HeldOut { get; init; }

    /// <summary>What bands span; null leaves it to the number of seeds.</summary>
    public SeedBand? Band { get; init; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Epochs after which the study keeps parameters.</summary>
    public IReadOnlyList<int> Checkpoints { get; init; } = [];

    /// <summary>Whether trials are put together by keys, in place of the study's settings.</summary>
    public bool IsGrouped { get; }

    /// <summary>What the trials of a setting are: <c>seed</c>, or <c>trial</c> in groups.</summary>
    internal string Repeat { get; }

    /// <summary>The settings that curves show.</summary>
    internal IReadOnlyList<DrawnSetting> Drawn { get; }

    /// <summary>What results are told in.</summary>
    internal string Metric => Summary.Metric;

    /// <summary>What is not drawn, with a blank before it; empty where everything is.</summary>
    internal string Left => Drawn.Count == Summary.Settings.Count ? ""
        : $" {Drawn.Count} of {Summary.Settings.Count} settings are drawn: {DrawnSetting.Choice(Summary)}; --where chooses others.";
}
