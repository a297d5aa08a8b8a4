using Descent.Studies.Comparisons;

namespace Descent.Studies.Reports.Sections;

/// <summary>The table of a section of a page.</summary>
static class SectionTable
{
    public static void Write(HtmlWriter html, PageSection section) => html.Element("div", () => html.Element("table", () => Rows(html, section)), ("class", "scroll"));

    static void Rows(HtmlWriter html, PageSection section)
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
