using Descent.Data;
using Descent.Data.Own;
using Descent.Formats;

namespace Descent.Tests.Data.Own;

public sealed class NpzDataTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void BytesOfNumpyStayBytes()
    {
        var content = new OwnData { Kind = OwnDataKind.Npz, Path = Path.Combine(AppContext.BaseDirectory, "Workloads/Own/Golden/images.npz") }.Read();
        Assert.Equal((24, new ImageShape(8, 8, 3), 3), (content.Train.Count, content.Train.Shape, content.Train.ClassCount));
        Assert.Equal([0, 1, 2, 0], content.Train.Labels[..4].ToArray());
        Assert.Equal(["0", "1", "2"], content.ClassNames);
        Assert.Null(content.Train.Reals);
    }

    [Fact]
    public void FloatsAreRowsAndArraysOfTestsAreFound()
    {
        var content = Read(new() { Kind = OwnDataKind.Npz }, Floats("x", [2, 3], 1, 2, 3, 4, 5, 6), Longs("y", [2], -1, 7), Floats("x_test", [1, 3], 0, 0, 9), Longs("y_test", [1], 7));
        Assert.Equal((new ImageShape(1, 1, 3), 4.0, 9.0), (content.Train.Shape, content.Train.Reals![3], content.Test!.Value(0, 2)));
        Assert.Equal(["-1", "7"], content.ClassNames);
        Assert.Equal([1], content.Test!.Labels.ToArray());
    }

    [Fact]
    public void NumbersToTellMayBeSeveral()
    {
        var content = Read(new() { Kind = OwnDataKind.Npz, Labels = ["t"], Inputs = ["in"], HasNumbers = true }, Floats("in", [2, 1], 1, 2), Floats("t", [2, 2], 5, 6, 7, 8));
        Assert.Equal(["t[0]", "t[1]"], content.ClassNames);
        Assert.Equal([7, 8], content.Train.Targets!.Row(1).ToArray());
    }

    [Fact]
    public void OtherArraysAreRefused()
    {
        Assert.Equal("a.npz has no array \"y\". Known: inputs, labels.", Mistake(Floats("inputs", [2, 1], 1, 2), Longs("labels", [2], 1, 2)));
        Assert.Equal("a.npz: 2 inputs and labels [3]; of both there must be as many, and one at least.", Mistake(Floats("x", [2, 1], 1, 2), Longs("y", [3], 1, 2, 3)));
        Assert.Equal("a.npz: array \"x\" has the shape [2]; inputs are [N, features], [N, height, width] or [N, height, width, channels].",
            Mistake(Floats("x", [2], 1, 2), Longs("y", [2], 1, 2)));
        Assert.Equal("a.npz: value 1 of array \"x\" is not finite.", Mistake(Floats("x", [2, 1], 1, float.NaN), Longs("y", [2], 1, 2)));
        Assert.Equal("a.npz: labels of classes have the shape [N], array \"y\" has [2, 1].", Mistake(Floats("x", [2, 1], 1, 2), Longs("y", [2, 1], 1, 2)));
    }

    OwnDataContent Read(OwnData data, params NamedArray[] arrays)
    {
        NpzFile.Write(folder["a.npz"], arrays);
        return (data with { Path = folder["a.npz"] }).Read();
    }

    string Mistake(params NamedArray[] arrays) => Assert.Throws<BadInputException>(() => Read(new() { Kind = OwnDataKind.Npz }, arrays)).Message
        .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    static NamedArray Floats(string name, int[] shape, params float[] values) => NamedArray.Copy<float>(name, shape, values);

    static NamedArray Longs(string name, int[] shape, params long[] values) => NamedArray.Copy<long>(name, shape, values);
}
