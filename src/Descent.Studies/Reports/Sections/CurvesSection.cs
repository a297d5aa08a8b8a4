using Descent.Studies.Pictures;

namespace Descent.Studies.Reports.Sections;

/// <summary>Loss, accuracy and gradient norm along training.</summary>
static class CurvesSection
{
    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("section", () =>
    {
        html.Words("h2", "Curves");
        if (contents.Drawn.Count < contents.Summary.Settings.Count)
        {
            html.Words("p", $"{contents.Drawn.Count} of {contents.Summary.Settings.Count} settings are drawn: {DrawnSetting.Choice(contents.Summary)}. "
                + "The others are in the tables and in the export.", ("class", "small"));
        }

        html.Chart(StudyFigures.TrainingLoss(contents.Drawn));
        html.Chart(StudyFigures.TestAccuracy(contents.Summary.Metric, contents.Drawn, contents.Model.Target));
        if (contents.Model.Trials.Any(trial => !trial.Steps.GradientNorm.IsEmpty))
        {
            html.Chart(StudyFigures.GradientNorm(contents.Drawn));
            html.Chart(GradientPanels.Build(contents.Drawn), wideHeight: 130, narrowHeight: 120);
        }
    }, ("id", "curves"));
}
