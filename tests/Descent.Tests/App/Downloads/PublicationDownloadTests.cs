using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Descent.App.Downloads;
using Descent.Data;
using Descent.Tests.Data;

namespace Descent.Tests.App.Downloads;

public sealed class PublicationDownloadTests : IDisposable
{
    static readonly byte[] First = IdxBytes.Of([3], [1, 2, 3]), Second = IdxBytes.Of([4], [4, 5, 6, 7]);

    readonly TemporaryFolder temporary = new();
    readonly HttpClient client = Downloader.CreateClient();
    readonly LocalServer server = new(request => request.Path switch
    {
        "first.gz" => LocalResponse.Ranged(request, IdxBytes.Gzip(First)),
        "second.gz" => LocalResponse.Ranged(request, IdxBytes.Gzip(Second)),
        _ => new LocalResponse(404, []),
    });

    DataFolder Folder => new(temporary.Path);

    public void Dispose()
    {
        server.Dispose();
        client.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public async Task WhatIsMissingIsDownloadedAndWhatIsThereIsNot()
    {
        Write("first.gz", IdxBytes.Gzip(First));

        var results = await Get(Set("first", "second"));

        Assert.Equal([DataFileOutcome.Present, DataFileOutcome.Downloaded], results.Select(result => result.Outcome));
        Assert.Equal(["second.gz"], server.Requests.Select(request => request.Path));
        Assert.All(DataVerification.Verify(Set("first", "second"), Folder), check => Assert.Equal(DataFileState.Published, check.State));
    }

    [Fact]
    public async Task AFileOfTheSameLayoutWithOtherValuesIsKept()
    {
        byte[] other = IdxBytes.Of([3], [9, 9, 9]);
        Write("first", other);

        var result = Assert.Single(await Get(Set("first")));

        Assert.Equal((DataFileOutcome.KeptDifferent, Path("first")), (result.Outcome, result.Path));
        Assert.Equal(other, await File.ReadAllBytesAsync(Path("first"), TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("first.gz")]
    public async Task ADamagedFileIsReplaced(string name)
    {
        Write(name, First[..5]);

        var result = Assert.Single(await Get(Set("first")));

        Assert.Equal(DataFileOutcome.Downloaded, result.Outcome);
        Assert.Equal(DataFileState.Published, Assert.Single(DataVerification.Verify(Set("first"), Folder)).State);
        Assert.Equal(name == "first", File.Exists(Path("first.damaged")));
    }

    [Fact]
    public async Task ADamagedFolderIsSetAside()
    {
        _ = Directory.CreateDirectory(temporary["set/unpacked.damaged"]);
        _ = Directory.CreateDirectory(temporary["set/unpacked"]);
        var file = Published("first", First);
        var set = Set("first") with
        {
            Files = [file with { Forms = [new("set/unpacked", _ => false, path => throw new BadInputException($"{path} is empty.")), .. file.Forms] }],
        };

        var result = Assert.Single(await Get(set));

        Assert.Equal((DataFileOutcome.Downloaded, Path("first.gz")), (result.Outcome, result.Path));
        Assert.False(Directory.Exists(temporary["set/unpacked"]));
        Assert.True(Directory.Exists(temporary["set/unpacked.damaged-2"]));
        Assert.Equal(DataFileState.Published, Assert.Single(DataVerification.Verify(set, Folder)).State);
    }

    [Fact]
    public async Task WithoutTheFileTheUserIsToldWhatToPutWhere()
    {
        var set = Set("first", "absent", "missing");

        var exception = await Assert.ThrowsAsync<BadInputException>(() => Get(set));

        Assert.Equal($"""
            Numbers: set/absent.gz could not be downloaded ({server.Address("absent.gz")}: 404 X). Without a network, put by hand:
              {server.Address("absent.gz")}
                to {Path("absent.gz")}
              {server.Address("missing.gz")}
                to {Path("missing.gz")}
            """, exception.Message);
        Assert.True(File.Exists(Path("first.gz")));
    }

    [Fact]
    public async Task ADataSetThatShipsWithDescentNeedsNothing() => Assert.Empty(await Get(DataCatalog.Find("digits")));

    Task<IReadOnlyList<DataFileResult>> Get(DataSetDescription set) =>
        new PublicationDownload(new Downloader(client, new SwiftTime())).Get(set, Folder, null, TestContext.Current.CancellationToken);

    DataSetDescription Set(params string[] names) => DataCatalog.Find("digits") with
    {
        Name = "numbers",
        Title = "Numbers",
        Files = [.. names.Select(name => Published(name, name == "second" ? Second : First))],
    };

    [SuppressMessage("Security", "CA5351", Justification = "The digest that publishers give.")]
    DataFile Published(string name, byte[] content)
    {
        byte[] packed = IdxBytes.Gzip(content);
        return DataFile.Packed($"set/{name}.gz", [server.Address($"{name}.gz")], packed.Length,
            FileDigest.Md5(Convert.ToHexStringLower(MD5.HashData(packed))), FileDigest.Sha256(Convert.ToHexStringLower(SHA256.HashData(content))), path => _ = IdxFile.Read(path, dimensions: 1));
    }

    string Path(string name) => System.IO.Path.Combine(temporary.Path, "set", name);

    void Write(string name, byte[] bytes)
    {
        _ = Directory.CreateDirectory(temporary["set"]);
        File.WriteAllBytes(Path(name), bytes);
    }
}
