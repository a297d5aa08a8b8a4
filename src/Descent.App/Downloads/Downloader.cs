using System.Net.Http.Headers;

namespace Descent.App.Downloads;

/// <summary>Downloads published files: goes on with a partial file, tries each address, checks the digest, and only then gives the file its name.</summary>
/// <param name="client">From <see cref="CreateClient"/>, or another that does not unpack content by itself.</param>
/// <param name="time">Measures silences and the pauses between rounds.</param>
public sealed class Downloader(HttpClient client, TimeProvider time)
{
    /// <summary>Rounds over all addresses in which not one new byte came, before giving up.</summary>
    const int FruitlessRounds = 3;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>A client without a limit on the whole transfer: a long silence ends an attempt instead.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("descent", typeof(Downloader).Assembly.GetName().Version?.ToString(3)) } },
    };

    /// <summary>Downloads one file. A cancelled download leaves its partial file, and the next one goes on with it.</summary>
    /// <exception cref="DownloadFailedException">No address gave it; the message has the reason of each.</exception>
    /// <exception cref="BadInputException">The folder cannot be written, or another process downloads the same file.</exception>
    public async Task Fetch(DownloadRequest request, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.Destination))!);
            await Rounds(request, progress, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{request.Destination} cannot be written: {exception.Message}", exception);
        }
    }

    async Task Rounds(DownloadRequest request, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var addresses = request.Addresses.ToList();
        var reasons = new Dictionary<Uri, string>();
        long begin = ReceivedBytes(request), farthest = begin;
        for (int fruitless = 0; addresses.Count > 0 && fruitless < FruitlessRounds;)
        {
            bool isOffline = true;
            foreach (var address in addresses.ToArray())
            {
                var attempt = await Try(request, address, progress, cancellation);
                if (attempt.End == AttemptEnd.Complete)
                {
                    File.Move(request.Partial, request.Destination, overwrite: true);
                    return;
                }

                reasons[address] = attempt.Reason;
                isOffline &= attempt.End == AttemptEnd.Unresolved;
                if (attempt.End == AttemptEnd.Refused)
                {
                    _ = addresses.Remove(address);
                }
            }

            // A line that has given bytes may come back; where no name was ever known there is no line to wait for.
            if (isOffline && ReceivedBytes(request) == begin)
            {
                break;
            }

            // A slow line that is cut again and again still ends; a server that only ever repeats the same bytes does not count as progress.
            fruitless = ReceivedBytes(request) > farthest ? 0 : fruitless + 1;
            farthest = Math.Max(farthest, ReceivedBytes(request));
            if (addresses.Count > 0 && fruitless < FruitlessRounds)
            {
                await Task.Delay(FirstPause * (1 << fruitless), time, cancellation);
            }
        }

        throw new DownloadFailedException(string.Join("; ", request.Addresses.Select(address => $"{address}: {reasons[address]}")));
    }

    async Task<Attempt> Try(DownloadRequest request, Uri address, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        bool isContinued = ReceivedBytes(request) > 0;
        var transfer = new Transfer(client, time, request, address, progress);
        var attempt = await transfer.Run(cancellation);
        if (attempt.End != AttemptEnd.Complete || await HasDigest(request, cancellation))
        {
            return attempt;
        }

        File.Delete(request.Partial);
        // The bytes that were there already may be the wrong ones.
        return isContinued ? await Try(request, address, progress, cancellation)
            : new Attempt(AttemptEnd.Refused, $"its bytes are not the published ones ({request.Digest})");
    }

    static async Task<bool> HasDigest(DownloadRequest request, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(request.Partial);
        return await request.Digest.IsOfAsync(stream, cancellation);
    }

    static long ReceivedBytes(DownloadRequest request) => new FileInfo(request.Partial) is { Exists: true } file ? file.Length : 0;
}
