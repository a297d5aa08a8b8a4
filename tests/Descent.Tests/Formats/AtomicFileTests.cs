using Descent.Formats;

namespace Descent.Tests.Formats;

public sealed class AtomicFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void NewContentReplacesTheOldAndLeavesNoOtherFile()
    {
        AtomicFile.Write(folder["a"], stream => stream.Write([1, 2, 3]));
        AtomicFile.Write(folder["a"], stream => stream.Write([4]));

        Assert.Equal([4], File.ReadAllBytes(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void AFailureInTheMiddleLeavesTheOldContent()
    {
        AtomicFile.Write(folder["a"], stream => stream.Write([1, 2, 3]));

        _ = Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new IOException("No space left on device");
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TheOldContentIsReadableUntilTheNewIsWhole()
    {
        AtomicFile.Write(folder["a"], stream => stream.Write([1]));

        AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write([2]);
            stream.Flush();
            Assert.Equal([1], File.ReadAllBytes(folder["a"]));
        });

        Assert.Equal([2], File.ReadAllBytes(folder["a"]));
    }
}
