using Descent.Studies.Charts.Svg;
using Descent.Studies.Reports.Sections;

namespace Descent.Studies.Reports;

/// <summary>The report of a study: one HTML file that opens offline, needs no script, prints well, and suits telephones and dark
/// rooms.</summary>
public static class Report
{
    static readonly string style = ReadStyle();

    /// <summary>Writes the whole page. All text of the model is escaped; nothing is loaded from anywhere.</summary>
    public static void Write(ReportModel model, TextWriter writer)
    {
        var contents = new ReportContents(model);
        using var html = new HtmlWriter(writer);
        html.Doctype();
        html.Element("html", () =>
        {
            html.Element("head", () => Head(html, model));
            html.Element("body", () =>
            {
                HeaderSection.Write(html, contents);
                html.Element("main", () =>
                {
                    ResultsSection.Write(html, contents);
                    BesideSection.Write(html, contents);
                    ComparisonSection.Write(html, contents);
                    EffectsSection.Write(html, contents);
                    CurvesSection.Write(html, contents);
                    PicturesSection.Write(html, contents);
                    TrialsSection.Write(html, contents);
                    SourcesSection.Write(html, contents);
                    MethodSection.Write(html, contents);
                });
            });
        }, ("lang", "en"));
    }

    static void Head(HtmlWriter html, ReportModel model)
    {
        html.Element("meta", () => { }, ("charset", "utf-8"));
        html.Element("meta", () => { }, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Element("meta", () => { }, ("name", "color-scheme"), ("content", "light dark"));
        html.Element("meta", () => { }, ("name", "generator"), ("content", "Descent"));
        html.Words("title", $"{model.Study} · Descent");
        html.Element("style", () => html.Raw(style + SvgTheme.Css));
    }

    static string ReadStyle()
    {
        using var stream = typeof(Report).Assembly.GetManifestResourceStream("Descent.Studies.Reports.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
