namespace Descent.App.Downloads;

/// <summary>No address gave a file; the message says for each why.</summary>
public sealed class DownloadFailedException : Exception
{
    public DownloadFailedException() { }

    public DownloadFailedException(string message) : base(message) { }

    public DownloadFailedException(string message, Exception innerException) : base(message, innerException) { }
}
