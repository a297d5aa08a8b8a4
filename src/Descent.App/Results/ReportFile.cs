using System.Text;
using Descent.Formats;
using Descent.Studies.Reports;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Results;

/// <summary>The HTML report of a study as a file.</summary>
static class ReportFile
{
    /// <summary>Where it goes unless the user says otherwise: <c>reports</c> beside <c>studies.db</c>, <c>NAME-reports</c> beside
    /// <c>NAME.db</c>.</summary>
    public static string DefaultPath(string store, string study)
    {
        string name = Path.GetFileNameWithoutExtension(store);
        return Path.Combine(Path.GetDirectoryName(store)!, name == "studies" ? "reports" : $"{name}-reports", $"{study}.html");
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static void Write(IStudyStore store, StoredStudy study, string path, TimeProvider time)
    {
        var model = StoredResults.Report(store, study, time);
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16,
                    leaveOpen: true);
                Report.Write(model, writer);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The report {path} cannot be written: {exception.Message}", exception);
        }
    }
}
