using System.Security.Cryptography;

namespace Descent.Data;

/// <summary>What a file of a data set was found to be.</summary>
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

/// <summary>A file of a data set, where it lies (for a missing one: where its packed form belongs), what it is, and a sentence saying so.</summary>
public sealed record DataFileCheck(DataFile File, string Path, DataFileState State, string Message);

/// <summary>Compares the files in a data folder with the published ones, by their unpacked content.</summary>
public static class DataVerification
{
    const int BlockBytes = 1 << 16;

    /// <summary>Checks each file of a data set; none for one that ships with Descent.</summary>
    public static IEnumerable<DataFileCheck> Verify(DataSetDescription set, DataFolder folder) =>
        set.Files.Select(file => Verify(file, folder));

    /// <summary>Checks one file. It never throws for what the file holds.</summary>
    public static DataFileCheck Verify(DataFile file, DataFolder folder)
    {
        if (file.Find(folder) is not { } path)
        {
            string expected = folder.Combine(file.Path);
            return new DataFileCheck(file, expected, DataFileState.Missing, $"{expected} is missing.");
        }

        try
        {
            if (ContentSha256(path) == file.ContentSha256)
            {
                return new DataFileCheck(file, path, DataFileState.Published, $"{path} is as published.");
            }

            file.RequireLayout(path);
            return new DataFileCheck(file, path, DataFileState.Different,
                $"{path} has the published layout but other values than the published file: results will differ from others'.");
        }
        catch (BadInputException exception)
        {
            return new DataFileCheck(file, path, DataFileState.Damaged, exception.Message);
        }
    }

    static string ContentSha256(string path)
    {
        using var file = PackedFile.Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[BlockBytes];
        int count;
        while ((count = file.Read(block)) > 0)
        {
            hash.AppendData(block.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
