using Descent.Studies.Pictures;

namespace Descent.Studies.Reports.Sections;

/// <summary>The pictures that the study has what they need for, and that the sections above do not show already.</summary>
static class PicturesSection
{
    static readonly string[] shown = ["final-accuracy", "gradient-norms", "gradient-norm-panels"];

    /// <summary>Their panels are among those of another picture.</summary>
    static readonly string[] repeated = ["loss-and-accuracy", "seed-bands"];

    /// <summary>What compares settings says nothing of a study of one.</summary>
    static readonly string[] comparing = ["time-against-accuracy", "checkpoint-bars"];

    public static void Write(HtmlWriter html, ReportContents contents)
    {
        var study = new PictureStudy(contents.Model.Study, contents.Model.Trials)
        {
            Target = contents.Model.Target,
            Classes = contents.Model.Classes,
            Checkpoints = contents.Model.Checkpoints,
        };
        var pictures = PictureCatalog.All.Where(picture => !shown.Contains(picture.Name) && !repeated.Contains(picture.Name)
            && (study.Summary.Settings.Count > 1 || !comparing.Contains(picture.Name)) && picture.Missing(study) is null).ToList();
        if (pictures.Count == 0)
        {
            return;
        }

        html.Element("section", () =>
        {
            html.Words("h2", "Pictures");
            html.Element("p", () =>
            {
                html.Text("Each alone: ");
                html.Words("code", contents.Command("plot", $"{pictures[0].Name} -o picture.svg"));
                html.Text($" with one of the names {string.Join(", ", PictureCatalog.All.Where(picture => picture.Missing(study) is null).Select(picture => picture.Name))}.");
            }, ("class", "small"));
            foreach (var picture in pictures)
            {
                html.Chart(picture.Draw(study), wideHeight: 240, narrowHeight: 200);
            }
        }, ("id", "pictures"));
    }
}
