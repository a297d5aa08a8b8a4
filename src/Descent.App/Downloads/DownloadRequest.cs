using Descent.Data;

namespace Descent.App.Downloads;

/// <summary>A file to be had.</summary>
/// <param name="Destination">Where it goes, whole or not at all; what has arrived so far lies beside it as <c>.partial</c>.</param>
/// <param name="Addresses">Where to get it, each with the same bytes, in the order to try.</param>
/// <param name="Bytes">Its published size.</param>
/// <param name="Digest">Its published digest.</param>
public sealed record DownloadRequest(string Destination, IReadOnlyList<Uri> Addresses, long Bytes, FileDigest Digest)
{
    /// <summary>What has arrived so far.</summary>
    public string Partial => Destination + ".partial";

    /// <summary>The request for a file as it was published.</summary>
    public static DownloadRequest For(DataFile file, DataFolder folder) =>
        new(folder.Combine(file.Path), file.Addresses, file.Bytes, file.Digest);
}
