using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Descent.Tests.App.Downloads;

/// <summary>A request as the server saw it; <c>From</c> is the first byte of its range.</summary>
sealed record LocalRequest(string Path, long? From);

/// <summary>What the server answers: a status line, headers and a body, of which it may send only a part.</summary>
/// <param name="Status">Status code.</param>
/// <param name="Body">The body that Content-Length tells of.</param>
/// <param name="Headers">Further header lines.</param>
/// <param name="SentBytes">Where the connection is cut, or held; the whole body by default.</param>
/// <param name="Hold">Called after the bytes were sent, in place of ending the connection; it is then held until the server ends.</param>
/// <param name="IsReset">The cut is a reset rather than an orderly end.</param>
sealed record LocalResponse(int Status, byte[] Body, string Headers = "", int? SentBytes = null, Action? Hold = null, bool IsReset = false)
{
    /// <summary>The answer of a server that continues: 206 for a range, else 200.</summary>
    public static LocalResponse Ranged(LocalRequest request, byte[] file) => request.From is { } from
        ? new LocalResponse(206, file[(int)from..], $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n")
        : new LocalResponse(200, file);
}

/// <summary>An HTTP/1.1 server on 127.0.0.1 for one test: every connection is one request.</summary>
sealed class LocalServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly Func<LocalRequest, LocalResponse> answer;
    readonly Task accepting;

    public LocalServer(Func<LocalRequest, LocalResponse> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = Accept();
    }

    public ConcurrentQueue<LocalRequest> Requests { get; } = new();

    public Uri Address(string path) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}");

    public void Dispose()
    {
        end.Cancel();
        accepting.Wait();
        listener.Dispose();
        end.Dispose();
    }

    async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(Serve(await listener.AcceptTcpClientAsync(end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task Serve(TcpClient connection)
    {
        using var client = connection;
        try
        {
            var stream = client.GetStream();
            var request = await Read(stream);
            Requests.Enqueue(request);
            var response = answer(request);
            string head = $"HTTP/1.1 {response.Status} X\r\nContent-Length: {response.Body.Length}\r\nConnection: close\r\n{response.Headers}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), end.Token);
            await stream.WriteAsync(response.Body.AsMemory(0, response.SentBytes ?? response.Body.Length), end.Token);
            client.LingerState = new LingerOption(response.IsReset, 0);
            if (response.Hold is { } hold)
            {
                hold();
                await Task.Delay(Timeout.Infinite, end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test is over, or the client has gone.
        }
    }

    async Task<LocalRequest> Read(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string path = "";
        long? from = null;
        while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("GET ", StringComparison.Ordinal))
            {
                path = line.Split(' ')[1].TrimStart('/');
            }
            else if (line.StartsWith("Range: bytes=", StringComparison.Ordinal))
            {
                from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        return new LocalRequest(path, from);
    }
}
