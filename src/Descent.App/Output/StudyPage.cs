using Descent.Studies.Results.Sections;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Output;

/// <summary>Beside the table of a study, what it asks for.</summary>
static class StudyPage
{
    public static void WriteBeside(StoredStudy study, StudySummary summary, Terminal terminal)
    {
        foreach (var section in BesideResults.Of(study, summary))
        {
            SectionText.Write(section, terminal);
        }
    }
}
