using Descent.Data;
using Descent.Data.Own;

namespace Descent.Tests.Data.Own;

public sealed class CsvDataTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TextsBecomeAnInputEachAndLabelsClasses()
    {
        var content = Read("island,length,\"name, quoted\",species\r\nDream,1.5,\"a \"\"b\"\"\",Gentoo\r\n\r\nBiscoe,-2e-1,c,Adelie\r\n");
        Assert.Equal(["island=Biscoe", "island=Dream", "length", "name, quoted=a \"b\"", "name, quoted=c"], content.InputNames);
        Assert.Equal(["Adelie", "Gentoo"], content.ClassNames);
        Assert.Equal([1, 0], content.Train.Labels.ToArray());
        Assert.Equal([0, 1, 1.5, 1, 0, 1, 0, -0.2, 0, 1], Values(content.Train));
        Assert.Equal(new ImageShape(1, 1, 5), content.Train.Shape);
    }

    [Theory]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty")]
    [InlineData("\uFEFFa , b\n 1 ,x\n2, \"y\"\n")]
    public void OtherSeparatorsAreSeen(string text)
    {
        var content = Read(text);
        Assert.Equal(["a"], content.InputNames);
        Assert.Equal(["x", "y"], content.ClassNames);
        Assert.Equal([1, 2], Values(content.Train));
    }

    [Fact]
    public void ClassesThatAreNumbersAreInTheirOrder() =>
        Assert.Equal(["2", "9", "10"], Read("x,y\n1,10\n1,9\n1,2\n").ClassNames);

    [Fact]
    public void NumbersToTellAreTargets()
    {
        var content = Read("x,y,z\n1,10,0\n2,20,-1\n", new() { Kind = OwnDataKind.Csv, Labels = ["y", "z"], HasNumbers = true });
        Assert.Equal(["y", "z"], content.ClassNames);
        Assert.Equal([20, -1], content.Train.Targets!.Row(1).ToArray());
        Assert.Equal(50.5, content.Train.Targets!.SumOfSquares([0, 1]));
    }

    [Fact]
    public void RowsWithoutAValueAreLeftOutWhereThatIsAskedFor()
    {
        var content = Read("x,y\n1,a\nNA,b\n3,b\n,a\n", new() { Kind = OwnDataKind.Csv, DropsMissing = true });
        Assert.Equal([1, 3], Values(content.Train));
        Assert.Equal(2, content.DroppedCount);
        Assert.Equal("data.csv, line 3: column \"x\" has no value; fill it in, or say missing: drop to leave such rows out.", Mistake("x,y\n1,a\nNA,b\n"));
    }

    [Fact]
    public void TheFileToTestOnHasTheSameColumnsInAnyOrder()
    {
        File.WriteAllText(folder["test.csv"], "y,more,x\nb,?,red\na,,blue\n");
        var content = Read("x,y\nblue,a\nred,b\n", test: "test.csv");
        Assert.Equal([0, 1, 1, 0], Values(content.Test!));
        Assert.Equal([1, 0], content.Test!.Labels.ToArray());
        File.WriteAllText(folder["test.csv"], "x,y\ngreen,a\n");
        Assert.Equal("test.csv: column \"x\" has the label \"green\", which the data to train on have not.", Mistake("x,y\nblue,a\nred,b\n", test: "test.csv"));
        File.WriteAllText(folder["test.csv"], "x,y\ngreen,a\n");
        Assert.Equal("test.csv: column \"x\" holds texts, that of the data to train on holds numbers.", Mistake("x,y\n1,a\n2,b\n", test: "test.csv"));
    }

    [Theory]
    [InlineData("", "data.csv is empty.")]
    [InlineData("x,y\n", "data.csv has no rows.")]
    [InlineData("1,2\n3,4\n", "data.csv, line 1: the first line must name the columns, and here are numbers.")]
    [InlineData("x,x\n3,4\n", "data.csv, line 1: two columns are named \"x\".")]
    [InlineData("x,y\n1,a\n2\n", "data.csv, line 3: 1 fields, and 2 columns are named.")]
    [InlineData("x,y\n1,\"a\n2,b\n", "data.csv, line 2: a quote is not closed.")]
    [InlineData("x,y\n1,\"a\"b\n", "data.csv, line 2: text stands behind a closing quote.")]
    [InlineData("x,y\n1,a\n2,a\n", "data.csv: column \"y\" has one label; classes are 2 to 256.")]
    [InlineData("y\na\nb\n", "data.csv has no column beside \"y\" to tell it from.")]
    public void OtherTablesAreRefused(string text, string message) => Assert.Equal(message, Mistake(text));

    [Fact]
    public void TooManyDifferentTextsAreRefused()
    {
        string rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"name{i},{i}.5\n"));
        Assert.Equal("data.csv: column \"x\" has 300 different texts, of which at most 100 can be inputs; leave it out (ignore: [x]).", Mistake("x,y\n" + rows));
        Assert.Equal("data.csv: column \"y\" has more than 256 labels; classes are 2 to 256. Where a number is to be told and not a class: loss: squared_error.",
            Mistake("x,z,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"a,1,{i}.5\n"))));
    }

    [Theory]
    [InlineData("label", "spcies", "data.csv has no column \"spcies\". Did you mean \"species\"? Known: x, species.")]
    [InlineData("inputs", "species", "Column \"species\" is the label, so it cannot be an input.")]
    [InlineData("ignore", "other", "data.csv has no column \"other\". Known: x, species.")]
    public void ColumnsThatAreNotThereAreRefused(string key, string name, string message)
    {
        var data = new OwnData { Kind = OwnDataKind.Csv };
        data = key switch
        {
            "label" => data with { Labels = [name] },
            "inputs" => data with { Inputs = [name] },
            _ => data with { Ignored = [name] },
        };
        Assert.Equal(message, Mistake("x,species\n1,a\n2,b\n", data));
    }

    OwnDataContent Read(string text, OwnData? data = null, string? test = null)
    {
        File.WriteAllText(folder["data.csv"], text);
        return ((data ?? new() { Kind = OwnDataKind.Csv }) with { Path = folder["data.csv"], TestPath = test is null ? null : folder[test] }).Read();
    }

    string Mistake(string text, OwnData? data = null, string? test = null) =>
        Assert.Throws<BadInputException>(() => Read(text, data, test)).Message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    static double[] Values(LabeledImages images) => [.. Enumerable.Range(0, images.Count * images.Shape.Length).Select(i => images.Reals![i])];
}
