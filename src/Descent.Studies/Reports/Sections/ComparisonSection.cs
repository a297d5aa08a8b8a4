namespace Descent.Studies.Reports.Sections;

/// <summary>The verdict with all that it rests on.</summary>
static class ComparisonSection
{
    public static void Write(HtmlWriter html, ReportContents contents)
    {
        if (contents.Model.Comparison.Count == 0)
        {
            return;
        }

        html.Element("section", () =>
        {
            html.Words("h2", "Comparison");
            foreach (var section in contents.Model.Comparison)
            {
                html.Words("h3", section.Title);
                html.Words("p", section.Text, ("class", section.Rows.Count == 0 ? "verdict" : "small"));
                if (section.Rows.Count > 0)
                {
                    SectionTable.Write(html, section);
                }
            }
        }, ("id", "comparison"));
    }
}
