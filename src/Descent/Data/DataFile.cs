namespace Descent.Data;

/// <summary>A published file.</summary>
/// <param name="Path">Its place under the data folder, with <c>/</c> between folders, as published.</param>
/// <param name="Addresses">Where it is published; each holds the same bytes.</param>
/// <param name="Bytes">Its size, as published.</param>
/// <param name="Digest">Of the file as published.</param>
/// <param name="Forms">In which it may lie in the data folder, the preferred one first; that of <paramref name="Path"/> is among them.</param>
public sealed record DataFile(string Path, IReadOnlyList<Uri> Addresses, long Bytes, FileDigest Digest, IReadOnlyList<DataForm> Forms)
{
    const string PackedSuffix = ".gz";

    /// <summary>A file packed by gzip, which may lie in the data folder unpacked or packed in another way.</summary>
    /// <param name="path">As published, ending in <c>.gz</c>.</param>
    /// <param name="content">The digest of the unpacked content: the same however the file was packed.</param>
    /// <param name="requireLayout">See <see cref="DataForm.RequireLayout"/>.</param>
    public static DataFile Packed(string path, IReadOnlyList<Uri> addresses, long bytes, FileDigest digest, FileDigest content,
        Action<string> requireLayout) => new(path, addresses, bytes, digest,
        [
            new(path[..^PackedSuffix.Length], file => PackedFile.HasContent(file, content), requireLayout),
            new(path, file => PackedFile.HasContent(file, content), requireLayout),
        ]);

    /// <summary>The form in which the file lies in a data folder and where, or null where it is there in none.</summary>
    public (DataForm Form, string Path)? FindForm(DataFolder folder)
    {
        foreach (var form in Forms)
        {
            if (form.Find(folder) is { } path)
            {
                return (form, path);
            }
        }

        return null;
    }

    /// <summary>Where the file lies in a data folder, in one form or another, or null.</summary>
    public string? Find(DataFolder folder) => FindForm(folder)?.Path;
}
