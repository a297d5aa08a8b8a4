using Descent.Data;
using Descent.Data.Own;
using Descent.Formats;

namespace Descent.Tests.Data.Own;

public sealed class PngFolderDataTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EachFolderIsAClassInTheOrderOfNames()
    {
        Picture("train/zebra/1.png", 4);
        Picture("train/ape/b.PNG", 2);
        Picture("train/ape/a.png", 1);
        File.WriteAllText(folder["train/ape/notes.txt"], "no picture");
        Picture("test/zebra/9.png", 9);
        var content = new OwnData { Kind = OwnDataKind.Png, Path = folder["train"], TestPath = folder["test"] }.Read();
        Assert.Equal(["ape", "zebra"], content.ClassNames);
        Assert.Equal([0, 0, 1], content.Train.Labels.ToArray());
        Assert.Equal([2, 1, 4], new[] { 1, 0, 2 }.Select(i => content.Train.Image(i)[5]));
        Assert.Equal((new ImageShape(2, 3, 1), 1, 9), (content.Test!.Shape, content.Test.Labels[0], content.Test.Image(0)[0]));
    }

    [Fact]
    public void TheDigestIsThatOfNamesAndPixelsWhereverTheyLie()
    {
        Picture("one/a/1.png", 1);
        Picture("one/b/2.png", 2);
        Picture("two/b/2.png", 2);
        Picture("two/a/1.png", 1);
        string digest = DataDigest.Of(folder["one"]);
        Assert.Equal(digest, DataDigest.Of(folder["two"]));
        Picture("two/a/1.png", 3);
        Assert.NotEqual(digest, DataDigest.Of(folder["two"]));
        Picture("two/a/1.png", 1);
        File.Move(folder["two/a/1.png"], folder["two/b/1.png"]);
        Assert.NotEqual(digest, DataDigest.Of(folder["two"]));
    }

    [Fact]
    public void PicturesOfAnySizeAreBroughtToOne()
    {
        Picture("train/a/1.png", 1);
        Picture("train/b/1.png", 2, width: 5);
        Picture("test/b/1.png", 3, width: 9);
        var content = new OwnData { Kind = OwnDataKind.Png, Path = folder["train"], TestPath = folder["test"], PictureSize = new(4, 6) }.Read();
        Assert.Equal((new ImageShape(4, 6, 1), new ImageShape(4, 6, 1)), (content.Train.Shape, content.Test!.Shape));
        Assert.Equal([1, 2, 3], new[] { content.Train.Image(0)[23], content.Train.Image(1)[0], content.Test.Image(0)[11] });
    }

    [Fact]
    public void OtherFoldersAreRefused()
    {
        Assert.Equal("There is no folder nothing.", Mistake("nothing"));
        _ = Directory.CreateDirectory(folder["empty"]);
        Assert.Equal("empty holds no folders with PNG pictures; it needs one for each class.", Mistake("empty"));
        Picture("one/a/1.png", 1);
        Assert.Equal("one has one label; classes are 2 to 256.", Mistake("one"));
        Picture("one/b/1.png", 1, width: 5);
        Assert.Equal("one/b/1.png has 2×5×1 pixels, the pictures before it have 2×3×1; picture_size: 64 brings all to one size.", Mistake("one"));
    }

    void Picture(string name, byte value, int width = 3)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], PngImage.Encode(width, 2, 1, [.. Enumerable.Repeat(value, 2 * width)]));
    }

    string Mistake(string name) => Assert.Throws<BadInputException>(() => new OwnData { Kind = OwnDataKind.Png, Path = folder[name] }.Read()).Message
        .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace('\\', '/');
}
