namespace Descent.Data;

/// <summary>What a published file was found to be.</summary>
public enum DataFileState
{
    /// <summary>Its content is the published one.</summary>
    Published,

    /// <summary>A warning: it has the published type, sizes and label range, but other values.</summary>
    Different,

    /// <summary>It is cut, corrupt, or of another layout.</summary>
    Damaged,

    /// <summary>It is not in the data folder.</summary>
    Missing,
}

/// <summary>A published file, where it lies (for a missing one: where it belongs), what it is, and a sentence saying so.</summary>
public sealed record DataFileCheck(DataFile File, string Path, DataFileState State, string Message);

/// <summary>Compares the files in a data folder with the published ones, by their digests.</summary>
public static class DataVerification
{
    /// <summary>Checks each file of a publication; none for a data set that ships with Descent.</summary>
    public static IEnumerable<DataFileCheck> Verify(IPublication set, DataFolder folder) =>
        set.Files.Select(file => Verify(file, folder));

    /// <summary>Checks one file. It never throws for what the file holds.</summary>
    public static DataFileCheck Verify(DataFile file, DataFolder folder)
    {
        if (file.FindForm(folder) is not var (form, path))
        {
            string expected = folder.Combine(file.Path);
            return new DataFileCheck(file, expected, DataFileState.Missing, $"{expected} is missing.");
        }

        try
        {
            if (form.IsPublished(path))
            {
                return new DataFileCheck(file, path, DataFileState.Published, $"{path} is as published.");
            }

            form.RequireLayout(path);
            return new DataFileCheck(file, path, DataFileState.Different,
                $"{path} has the published layout but other values than the published file: results will differ from others'.");
        }
        catch (BadInputException exception)
        {
            return new DataFileCheck(file, path, DataFileState.Damaged, exception.Message);
        }
    }
}
