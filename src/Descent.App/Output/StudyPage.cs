using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Output;

/// <summary>Beside the table of a study, what it asks for: weights before the first step, and which settings match another.</summary>
static class StudyPage
{
    public static void WriteBeside(StoredStudy study, StudySummary summary, Terminal terminal)
    {
        WeightTable.Write(summary, terminal);
        if (StoredResults.Match(study) is { } match)
        {
            MatchText.Write(summary, match, terminal);
        }
    }
}
