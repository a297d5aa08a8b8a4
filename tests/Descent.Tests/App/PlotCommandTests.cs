using System.Xml.Linq;

namespace Descent.Tests.App;

/// <summary>Pictures, tables and exports of a study that was run.</summary>
public sealed class PlotCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public PlotCommandTests() => _ = Descent.Run("run", "quickstart", "--set", "epochs=2", "--seeds", "0,1", "--quiet", "--no-report").MustSucceed();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("training-curves")]
    [InlineData("confusion-matrix")]
    [InlineData("class-accuracy")]
    [InlineData("images")]
    public void APictureIsAFileThatAnyProgramReads(string picture)
    {
        string path = Descent.Run("plot", "quickstart", picture, "-o", "picture.svg").MustSucceed().Output.TrimEnd();
        Assert.Equal(folder["picture.svg"], path);
        Assert.Equal("svg", XElement.Load(path).Name.LocalName);
    }

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        Descent.Run("plot", "quickstart", "batch-size").MustRefuse(
            "batch-size compares several values of batch_size, and quickstart has 32 alone: give it a list.");
        Assert.StartsWith("There is no picture \"training-curve\". Did you mean \"training-curves\"?", Descent.Run("plot", "quickstart", "training-curve").Error);
        Descent.Run("plot", "quickstart", "training-curves", "-o", "a.gif").MustRefuse(
            $"{folder["a.gif"]}: a picture is a file .svg, .png or .json (Plotly's figure).");
        Descent.Run("plot", "quickstart", "training-curves", "-o", "a.png").MustRefuse(
            "PNG needs one of rsvg-convert, inkscape, resvg, magick, and none is on the PATH: install one, or write a file .svg.");
        Assert.StartsWith("--split validation: the study sets no images apart", Descent.Run("plot", "quickstart", "training-curves", "--split", "validation").Error);
    }

    [Fact]
    public void TablesAreSortedCutGroupedAndOfTheColumnsThatAreWanted()
    {
        var best = Descent.Run("show", "quickstart", "--sort", "final", "--top", "2", "--json").MustSucceed().Json().GetProperty("settings").EnumerateArray().ToList();
        Assert.Equal(2, best.Count);
        Assert.True(Mean(best[0]) >= Mean(best[1]));
        var one = Descent.Run("show", "quickstart", "--where", "optimizer=adam", "--json").MustSucceed().Json();
        Assert.Equal(("adam", 2), (one.GetProperty("settings")[0].GetProperty("optimizer").GetString(), one.GetProperty("trials").GetInt32()));
        string table = Descent.Run("show", "quickstart", "--group-by", "seed", "--columns", "optimizer,final,total,stability").MustSucceed().Output;
        Assert.Matches(@"seed=0 +\d\d\.\d\d.±", table);
        Assert.Contains("Total seconds", table);
        Assert.Contains("Final test %", Descent.Run("show", "quickstart", "--effects").MustSucceed().Output);

        static double Mean(System.Text.Json.JsonElement setting) => setting.GetProperty("final_test_accuracy").GetProperty("mean").GetDouble();
    }

    [Fact]
    public void ExportsAreFilesAndFolders()
    {
        _ = Descent.Run("export", "quickstart", "--format", "npz", "-o", "a.npz", "--where", "optimizer=adam").MustSucceed();
        Assert.Equal(2 * 12, global::Descent.Formats.NpzFile.Read(folder["a.npz"]).Count);
        _ = Descent.Run("export", "quickstart", "--format", "tensorboard", "-o", "runs").MustSucceed();
        Assert.Equal(12, Directory.GetDirectories(folder["runs"]).Length);
        Descent.Run("export", "quickstart", "--format", "npz").MustRefuse("--format npz needs a file: add -o NAME.");
        string id = Descent.Run("show", "quickstart", "--trials", "--json").Json().GetProperty("trial_results")[0].GetProperty("id").GetString()!;
        _ = Descent.Run("export", $"quickstart/{id[..10]}@latest", "-o", "w.safetensors").MustSucceed();
        Assert.Equal(4, global::Descent.Formats.SafeTensorsFile.Read(folder["w.safetensors"]).Arrays.Count);
        Assert.Equal(Accuracy($"quickstart/{id[..10]}@latest"), Accuracy("w.safetensors"));

        double Accuracy(string checkpoint) => Descent.Run("evaluate", checkpoint, "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble();
    }
}
