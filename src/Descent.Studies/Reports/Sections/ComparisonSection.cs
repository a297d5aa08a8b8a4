using Descent.Studies.Comparisons;

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
                    html.Element("div", () => html.Element("table", () => Table(html, section)), ("class", "scroll"));
                }
            }
        }, ("id", "comparison"));
    }

    static void Table(HtmlWriter html, PageSection section)
    {
        html.Element("thead", () => html.Element("tr", () =>
        {
            foreach (var column in section.Columns)
            {
                html.Words("th", column.Title, ("class", column.IsNumber ? "number" : null));
            }
        }));
        html.Element("tbody", () =>
        {
            foreach (var row in section.Rows)
            {
                html.Element("tr", () =>
                {
                    foreach (var (column, cell) in section.Columns.Zip(row))
                    {
                        html.Words("td", cell, ("class", column.IsNumber ? "number" : null));
                    }
                });
            }
        });
    }
}
