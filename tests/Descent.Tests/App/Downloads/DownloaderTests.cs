using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Descent.App.Downloads;
using Descent.Data;

namespace Descent.Tests.App.Downloads;

public sealed class DownloaderTests : IDisposable
{
    const int Size = 300_000;

    static readonly byte[] Content = [.. Enumerable.Range(0, Size).Select(i => (byte)(i * 7919 >> 5))];

    readonly TemporaryFolder folder = new();
    readonly SwiftTime time = new();
    readonly HttpClient client = Downloader.CreateClient();
    readonly List<DownloadProgress> progress = [];

    string Destination => Path.Combine(folder.Path, "set", "file.gz");

    string Partial => Destination + ".partial";

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task AWholeFileArrivesUnderItsNameAlone()
    {
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal([new LocalRequest("a", null)], server.Requests);
        Assert.Equal(Size, progress[^1].Received);
        Assert.Equal(progress.Select(report => report.Received).Order(), progress.Select(report => report.Received));
        Assert.Empty(time.Pauses);
    }

    [Fact]
    public async Task APartialFileIsContinued()
    {
        WritePartial(Content[..100_000]);
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal([new LocalRequest("a", 100_000)], server.Requests);
        Assert.True(progress[0].Received > 100_000);
    }

    [Fact]
    public async Task AServerThatIgnoresTheRangeBeginsAgain()
    {
        WritePartial(Content[..100_000]);
        using var server = new LocalServer(_ => new LocalResponse(200, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        _ = Assert.Single(server.Requests);
    }

    [Fact]
    public async Task APartialFileWithOtherBytesIsReplaced()
    {
        WritePartial(new byte[100_000]);
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal([100_000, null], server.Requests.Select(request => request.From));
    }

    [Theory]
    [InlineData(Size)]
    [InlineData(Size + 1)]
    [InlineData(2 * Size)]
    public async Task APartialFileOfOtherBytesAndAtLeastTheWholeLengthIsReplaced(int length)
    {
        WritePartial(new byte[length]);
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal([new LocalRequest("a", null)], server.Requests);
    }

    [Theory]
    [InlineData(416, "")]
    [InlineData(206, "Content-Range: bytes 0-299999/300000\r\n")]
    [InlineData(206, "")]
    public async Task AServerThatContinuesElsewhereIsAskedFromTheBeginning(int status, string headers)
    {
        WritePartial(Content[..100_000]);
        using var server = new LocalServer(request => request.From is null
            ? new LocalResponse(200, Content) : new LocalResponse(status, new byte[200_000], headers));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal([100_000, null], server.Requests.Select(request => request.From));
        // Nothing was taken from the wrong place.
        Assert.True(progress[0].Received < 100_000);
    }

    [Fact]
    public async Task APartialFileThatIsWholeNeedsNoServer()
    {
        WritePartial(Content);

        await Fetch(Nowhere());

        RequireArrived();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACutConnectionIsContinuedAfterAPause(bool isReset)
    {
        int requests = 0;
        using var server = new LocalServer(request => Interlocked.Increment(ref requests) == 1
            ? LocalResponse.Ranged(request, Content) with { SentBytes = Size / 2, IsReset = isReset }
            : LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal(2, server.Requests.Count);
        // What was on its way when the connection was reset may be lost.
        Assert.InRange(server.Requests.Last().From ?? 0, isReset ? 0 : Size / 2, Size / 2);
        _ = Assert.Single(time.Pauses);
    }

    [Fact]
    public async Task ALineThatIsCutAgainAndAgainStillEnds()
    {
        using var server = new LocalServer(request =>
        {
            var whole = LocalResponse.Ranged(request, Content);
            return whole with { SentBytes = Math.Min(whole.Body.Length, 20_000) };
        });

        await Fetch(server.Address("a"));

        RequireArrived();
        Assert.Equal(Enumerable.Range(0, 15).Select(i => i == 0 ? null : (long?)(20_000 * i)), server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task AServerThatAlwaysCutsAtTheSamePlaceIsGivenUp()
    {
        using var server = new LocalServer(_ => new LocalResponse(200, Content, SentBytes: 1000));

        string message = await Failure(server.Address("a"));

        Assert.StartsWith($"{server.Address("a")}: ", message, StringComparison.Ordinal);
        // The first round brings bytes; three more do not.
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal([1, 2, 4], time.Pauses.Select(pause => (int)pause.TotalSeconds));
        Assert.Equal(1000, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task ASilentServerIsLeftForTheNextAddress()
    {
        using var server = new LocalServer(request => request.Path == "silent"
            ? LocalResponse.Ranged(request, Content) with { SentBytes = 1000, Hold = time.ReachLimits }
            : LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("silent"), server.Address("b"));

        RequireArrived();
        Assert.Equal(["silent", "b"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task ASlowLineIsNotASilentOne()
    {
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content));
        var slow = new Immediate(report =>
        {
            progress.Add(report);
            time.Advance(TimeSpan.FromSeconds(20));
        });

        await new Downloader(client, time).Fetch(Request(server.Address("a")), slow, TestContext.Current.CancellationToken);

        RequireArrived();
        Assert.True(progress.Count > 2);
        _ = Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task TheNextAddressIsTriedAtOnce(int status)
    {
        using var server = new LocalServer(request =>
            request.Path == "a" ? new LocalResponse(status, []) : LocalResponse.Ranged(request, Content));

        await Fetch(server.Address("a"), server.Address("b"));

        RequireArrived();
        Assert.Equal(["a", "b"], server.Requests.Select(request => request.Path));
        Assert.Empty(time.Pauses);
    }

    [Fact]
    public async Task ABusyServerIsAskedAgainAndAMissingFileIsNot()
    {
        using var server = new LocalServer(request => new LocalResponse(request.Path == "busy" ? 503 : 404, []));

        string message = await Failure(server.Address("gone"), server.Address("busy"));

        Assert.Equal($"{server.Address("gone")}: 404 X; {server.Address("busy")}: 503 X", message);
        Assert.Equal(["gone", "busy", "busy", "busy"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task WrongBytesAreNotKeptAndTheNextAddressIsTried()
    {
        byte[] wrong = [.. Content];
        wrong[77] ^= 1;
        using var server = new LocalServer(request => LocalResponse.Ranged(request, request.Path == "wrong" ? wrong : Content));

        await Fetch(server.Address("wrong"), server.Address("b"));

        RequireArrived();
        Assert.Equal([new LocalRequest("wrong", null), new LocalRequest("b", null)], server.Requests);
    }

    [Fact]
    public async Task WrongBytesAloneAreAFailure()
    {
        using var server = new LocalServer(request => LocalResponse.Ranged(request, new byte[Size]));

        string message = await Failure(server.Address("a"));

        Assert.StartsWith($"{server.Address("a")}: its bytes are not the published ones (MD5 ", message, StringComparison.Ordinal);
        _ = Assert.Single(server.Requests);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Destination)!));
    }

    [Fact]
    public async Task AFileOfAnotherSizeIsRefusedAndThePartialFileStays()
    {
        WritePartial(Content[..100_000]);
        using var server = new LocalServer(_ => new LocalResponse(200, "<html>Please log in</html>"u8.ToArray()));

        Assert.Equal($"{server.Address("a")}: its file has 26 bytes, the published one {Size}", await Failure(server.Address("a")));
        Assert.Equal(100_000, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task WithoutAServerTheReasonIsTold()
    {
        var nowhere = Nowhere();

        string message = await Failure(nowhere);

        Assert.StartsWith($"{nowhere}: ", message, StringComparison.Ordinal);
        Assert.Contains("refused", message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([2, 4], time.Pauses.Select(pause => (int)pause.TotalSeconds));
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public async Task ANameThatIsNotKnownIsNotAskedForAgain()
    {
        WritePartial(Content[..1000]);
        using var offline = new HttpClient(new Unresolved());

        var exception = await Assert.ThrowsAsync<DownloadFailedException>(() => new Downloader(offline, time).Fetch(
            Request(new("http://a.invalid/a"), new("http://b.invalid/b")), null, TestContext.Current.CancellationToken));

        Assert.Equal("http://a.invalid/a: Name or service not known; http://b.invalid/b: Name or service not known", exception.Message);
        Assert.Empty(time.Pauses);
        Assert.Equal(1000, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task BesideANameThatIsNotKnownABusyServerIsAskedAgain()
    {
        Uri busy = new("http://b.invalid/busy");
        using var offline = new HttpClient(new Unresolved { Busy = busy });

        _ = await Assert.ThrowsAsync<DownloadFailedException>(() => new Downloader(offline, time).Fetch(
            Request(new("http://a.invalid/a"), busy), null, TestContext.Current.CancellationToken));

        Assert.Equal(2, time.Pauses.Count);
    }

    [Fact]
    public async Task CancellingLeavesThePartialFileForTheNextTime()
    {
        using var cancellation = new CancellationTokenSource();
        using var server = new LocalServer(request => LocalResponse.Ranged(request, Content) with { SentBytes = 1000, Hold = () => { } });
        var cancelling = new Immediate(report => { if (report.Received == 1000) { cancellation.Cancel(); } });

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Downloader(client, time).Fetch(
            Request(server.Address("a")), cancelling, cancellation.Token));

        Assert.Equal(Content[..1000], await File.ReadAllBytesAsync(Partial, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamed()
    {
        await File.WriteAllTextAsync(folder["set"], "a file", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<BadInputException>(() => Fetch(Nowhere()));

        Assert.StartsWith($"{Destination} cannot be written: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatAnotherDownloadWritesIsLeftAlone()
    {
        WritePartial([]);
        await using var other = new FileStream(Partial, FileMode.Open, FileAccess.Write, FileShare.None);

        var exception = await Assert.ThrowsAsync<BadInputException>(() => Fetch(Nowhere()));

        Assert.StartsWith($"{Destination} cannot be written: ", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>An address at which nobody listens.</summary>
    static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a");
    }

    [SuppressMessage("Security", "CA5351", Justification = "The digest that publishers give.")]
    DownloadRequest Request(params Uri[] addresses) => new(
        Destination, addresses, Size, FileDigest.Md5(Convert.ToHexStringLower(MD5.HashData(Content))));

    Task Fetch(params Uri[] addresses) => new Downloader(client, time).Fetch(
        Request(addresses), new Immediate(progress.Add), TestContext.Current.CancellationToken);

    async Task<string> Failure(params Uri[] addresses) =>
        (await Assert.ThrowsAsync<DownloadFailedException>(() => Fetch(addresses))).Message;

    void WritePartial(byte[] bytes)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Destination)!);
        File.WriteAllBytes(Partial, bytes);
    }

    void RequireArrived()
    {
        Assert.Equal(Content, File.ReadAllBytes(Destination));
        Assert.Equal([Destination], Directory.GetFiles(Path.GetDirectoryName(Destination)!));
    }

    /// <summary>A machine without a network, which knows no name but one.</summary>
    sealed class Unresolved : HttpMessageHandler
    {
        /// <summary>Answers that it is busy.</summary>
        public Uri? Busy { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri == Busy ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable))
                : Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known"));
    }

    sealed class Immediate(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
