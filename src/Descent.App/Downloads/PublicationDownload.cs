using Descent.Data;

namespace Descent.App.Downloads;

/// <summary>What getting a publication did about one of its files.</summary>
public enum DataFileOutcome
{
    /// <summary>It was there as published.</summary>
    Present,

    /// <summary>A file of the published layout with other values was there, and was left as it is: a warning.</summary>
    KeptDifferent,

    Downloaded,
}

/// <summary>A published file, where it lies, and what was done about it.</summary>
public sealed record DataFileResult(DataFile File, string Path, DataFileOutcome Outcome);

/// <summary>Gets the files of a data set or of published weights that are missing or damaged.</summary>
public sealed class PublicationDownload(Downloader downloader)
{
    /// <summary>Downloads what is missing, file after file. A damaged file is replaced; where it has another form than the published one, it is kept beside
    /// as <c>.damaged</c>. Nothing to do for a data set that ships with Descent.</summary>
    /// <exception cref="BadInputException">A file could not be had; the message says why, and which files to put where by hand.</exception>
    public async Task<IReadOnlyList<DataFileResult>> Get(
        IPublication set, DataFolder folder, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var results = new List<DataFileResult>();
        foreach (var file in set.Files)
        {
            var check = DataVerification.Verify(file, folder);
            results.Add(check.State switch
            {
                DataFileState.Published => new DataFileResult(file, check.Path, DataFileOutcome.Present),
                DataFileState.Different => new DataFileResult(file, check.Path, DataFileOutcome.KeptDifferent),
                _ => await Download(set, check, folder, progress, cancellation),
            });
        }

        return results;
    }

    async Task<DataFileResult> Download(IPublication set, DataFileCheck check, DataFolder folder,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var request = DownloadRequest.For(check.File, folder);
        try
        {
            await downloader.Fetch(request, progress, cancellation);
        }
        catch (DownloadFailedException exception)
        {
            throw new BadInputException($"{set.Title}: {check.File.Path} could not be downloaded ({exception.Message}). Without a network, put by hand:",
                ByHand(set, check.File, folder), exception);
        }

        if (check.State == DataFileState.Damaged && check.Path != request.Destination)
        {
            // Another form may be preferred to the new file.
            SetAside(check.Path);
        }

        return new DataFileResult(check.File, request.Destination, DataFileOutcome.Downloaded);
    }

    static void SetAside(string path)
    {
        string aside = path + ".damaged";
        for (int i = 2; Path.Exists(aside); i++)
        {
            aside = $"{path}.damaged-{i}";
        }

        // Renames files and folders alike.
        Directory.Move(path, aside);
    }

    static IEnumerable<string> ByHand(IPublication set, DataFile failed, DataFolder folder) => set.Files
        .Where(file => file == failed || file.Find(folder) is null)
        .SelectMany(file => new[] { $"  {file.Addresses[0]}", $"    to {folder.Combine(file.Path)}" });
}
