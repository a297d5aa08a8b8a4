using System.Net;
using System.Net.Http.Headers;

namespace Descent.App.Downloads;

/// <summary>One attempt at one address: asks for what is missing in the partial file and appends what comes.</summary>
sealed class Transfer(HttpClient client, TimeProvider time, DownloadRequest request, Uri address, IProgress<DownloadProgress>? progress)
{
    const int BlockBytes = 1 << 16;

    /// <summary>After so long without a byte an attempt is given up.</summary>
    static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    public async Task<Attempt> Run(CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            await using var partial = new FileStream(request.Partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            var attempt = await Receive(partial, silence, either.Token);
            partial.Flush(flushToDisk: true);
            return attempt;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Attempt(AttemptEnd.Interrupted, $"nothing came for {LongestSilence.TotalSeconds:0} s");
        }
        catch (HttpRequestException exception)
        {
            bool isUnresolved = exception.HttpRequestError == HttpRequestError.NameResolutionError;
            return new Attempt(isUnresolved ? AttemptEnd.Unresolved : AttemptEnd.Interrupted, Innermost(exception));
        }
    }

    async Task<Attempt> Receive(FileStream partial, CancellationTokenSource silence, CancellationToken cancellation)
    {
        if (partial.Length > request.Bytes)
        {
            partial.SetLength(0);
        }

        if (partial.Length == request.Bytes)
        {
            return new Attempt(AttemptEnd.Complete);
        }

        using var response = await Ask(partial.Length, cancellation);
        if (Refusal(response, partial) is { } refusal)
        {
            return refusal;
        }

        partial.Position = partial.Length;
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] block = new byte[BlockBytes];
        int count;
        while ((count = await Read(content, block, cancellation)) > 0)
        {
            silence.CancelAfter(LongestSilence);
            if (partial.Position + count > request.Bytes)
            {
                partial.SetLength(0);
                return new Attempt(AttemptEnd.Refused, $"it sends more than the published {request.Bytes} bytes");
            }

            await partial.WriteAsync(block.AsMemory(0, count), cancellation);
            progress?.Report(new DownloadProgress(request, address, partial.Position));
        }

        return partial.Length == request.Bytes ? new Attempt(AttemptEnd.Complete)
            : new Attempt(AttemptEnd.Interrupted, $"the connection ended after {partial.Length} of {request.Bytes} bytes");
    }

    async Task<HttpResponseMessage> Ask(long offset, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        if (offset > 0)
        {
            message.Headers.Range = new RangeHeaderValue(offset, null);
        }

        return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    // An IOException of the network must not be taken for one of the disk: the first is tried again, the second is told.
    static async Task<int> Read(Stream content, Memory<byte> block, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(block, cancellation);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException(exception.Message, exception);
        }
    }

    /// <summary>Why nothing is read from a response, or null where its content continues the partial file (emptied where the server begins again).</summary>
    Attempt? Refusal(HttpResponseMessage response, FileStream partial)
    {
        long begin = response.StatusCode == HttpStatusCode.PartialContent ? partial.Length : 0;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == begin:
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                partial.SetLength(0);
                return new Attempt(AttemptEnd.Interrupted, "it did not continue where the partial file ends");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return new Attempt(AttemptEnd.Interrupted, Status(response));
            default:
                return new Attempt(AttemptEnd.Refused, Status(response));
        }

        // Before the partial file is touched: a login page of the network in between must not cost what has arrived.
        long? total = begin + response.Content.Headers.ContentLength;
        if (total is not null && total != request.Bytes)
        {
            return new Attempt(AttemptEnd.Refused, $"its file has {total} bytes, the published one {request.Bytes}");
        }

        partial.SetLength(begin);
        return null;
    }

    static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message.TrimEnd('.');
}
