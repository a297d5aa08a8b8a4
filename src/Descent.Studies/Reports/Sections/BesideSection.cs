namespace Descent.Studies.Reports.Sections;

/// <summary>What the study asks for beside its results.</summary>
static class BesideSection
{
    public static void Write(HtmlWriter html, ReportContents contents)
    {
        foreach (var section in contents.Model.Beside)
        {
            html.Element("section", () =>
            {
                html.Words("h2", section.Title);
                html.Words("p", section.Text, ("class", "small"));
                SectionTable.Write(html, section);
            });
        }
    }
}
