namespace Descent.Data;

/// <summary>A published file of a data set.</summary>
/// <param name="Path">Its place under the data folder, with <c>/</c> between folders, as published (packed by gzip).</param>
/// <param name="Addresses">Where it is published; each holds the same bytes.</param>
/// <param name="PackedBytes">Size of the published, packed file.</param>
/// <param name="PackedMd5">MD5 of the published, packed file, in lower-case hexadecimal digits.</param>
/// <param name="ContentSha256">SHA-256 of the unpacked content: the same however the file was packed.</param>
/// <param name="RequireLayout">Throws <see cref="BadInputException"/> where the file at a path has not the published type, sizes and label
/// range, whatever its values are.</param>
public sealed record DataFile(string Path, IReadOnlyList<Uri> Addresses, long PackedBytes, string PackedMd5, string ContentSha256,
    Action<string> RequireLayout)
{
    const string PackedSuffix = ".gz";

    /// <summary>The file in a data folder, packed or not, or null where there is neither. The unpacked one is preferred.</summary>
    public string? Find(DataFolder folder)
    {
        string packed = folder.Combine(Path);
        string plain = packed.EndsWith(PackedSuffix, StringComparison.Ordinal) ? packed[..^PackedSuffix.Length] : packed;
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed : null;
    }
}
