using Descent.Tensors.Kernels;

namespace Descent.Tests.App;

public class InfoCommandTests
{
    [Fact]
    public void SaysWhereItRunsAndWhereThingsLie()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        var info = command.Run("info", "--json").MustSucceed().Json();
        Assert.Equal((VectorWidth.Bits, Environment.ProcessorCount), (info.GetProperty("vector_bits").GetInt32(),
            info.GetProperty("cores").GetInt32()));
        Assert.Equal((folder["data"], folder[".descent/studies.db"]), (info.GetProperty("data_folder").GetString(),
            info.GetProperty("store").GetString()));
        Assert.Matches("^[0-9a-f]{40}", info.GetProperty("commit").GetString());
        string text = command.Run("info").MustSucceed().Output;
        Assert.Contains($"{folder["data"]} (not there yet)", text);
        Assert.Contains($"{VectorWidth.Bits}-bit vectors", text);
    }

    [Fact]
    public void KnowsNoFolderWhereNoneIsSaid()
    {
        var command = new DescentCommand(".");
        command.Variables.Clear();
        Assert.Contains("no folder known; set DESCENT_DATA", command.Run("info").MustSucceed().Output);
        Assert.Equal(2, command.Run("train", "mnist-mlp", "--optimizer", "adam").Code);
    }
}
