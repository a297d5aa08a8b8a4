namespace Descent.App.Downloads;

/// <summary>How far a download is. Reported for each block of up to 64 KiB, on the thread that received it.</summary>
/// <param name="Request">What is downloaded.</param>
/// <param name="Address">From where.</param>
/// <param name="Received">Bytes that lie on the disk, those of an earlier, stopped download among them; fewer than before where a server
/// began again.</param>
public readonly record struct DownloadProgress(DownloadRequest Request, Uri Address, long Received);
