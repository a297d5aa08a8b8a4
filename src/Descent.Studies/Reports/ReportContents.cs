using Descent.Studies.Pictures;
using Descent.Studies.Statistics;

namespace Descent.Studies.Reports;

/// <summary>A model with what several sections compute from it.</summary>
sealed class ReportContents
{
    public ReportContents(ReportModel model)
    {
        Model = model;
        Summary = StudySummary.From(model.Trials);
        Drawn = DrawnSetting.Of(Summary);
    }

    public ReportModel Model { get; }

    public StudySummary Summary { get; }

    /// <summary>What results are told in.</summary>
    public string Metric => Summary.Metric;

    /// <summary>The settings that curves show.</summary>
    public IReadOnlyList<DrawnSetting> Drawn { get; }

    public int Count(TrialState state) => Model.Trials.Count(trial => trial.State == state);

    /// <summary>A command on this study as a shell takes it.</summary>
    public string Command(string verb, string flags = "")
    {
        bool isPlain = Model.Study.Length > 0 && Model.Study[0] != '-'
            && Model.Study.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        string study = isPlain ? Model.Study : $"'{Model.Study.Replace("'", @"'\''")}'";
        return $"descent {verb} {study}{(flags.Length > 0 ? " " + flags : "")}";
    }
}
