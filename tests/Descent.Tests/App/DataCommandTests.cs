namespace Descent.Tests.App;

public class DataCommandTests
{
    [Fact]
    public void WhatShipsWithDescentNeedsNothing()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        Assert.Equal("UCI handwritten digits ships with Descent: nothing to get.\n",
            command.Run("data", "get", "digits", "--data-folder", "data").MustSucceed().Output);
        Assert.Equal("digits ships with Descent: nothing to verify.\n",
            command.Run("data", "verify", "--data-folder", "data").MustSucceed().Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void MissingFilesAreNamedWithWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var outcome = new DescentCommand(folder.Path).Run("data", "verify", "mnist", "--data-folder", "data");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains($"{folder["data"]}/mnist/train-images-idx3-ubyte.gz is missing. Run: descent data get mnist\n", outcome.Error);
    }

    [Fact]
    public void ADamagedFileIsSaid()
    {
        using var folder = new TemporaryFolder();
        _ = Directory.CreateDirectory(folder["mnist"]);
        foreach (string name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
        {
            File.WriteAllBytes(folder[$"mnist/{name}-ubyte"], [0, 0, 8, 1, 0, 0, 0, 2, 7]);
        }

        var outcome = new DescentCommand(folder.Path) { Variables = { ["DESCENT_DATA"] = folder.Path } }.Run("data", "verify", "--json");
        Assert.Equal(2, outcome.Code);
        var files = outcome.Json().EnumerateArray().ToList();
        Assert.All(files, x => Assert.Equal("damaged", x.GetProperty("state").GetString()));
        var file = files[3];
        Assert.Equal("mnist/t10k-labels-idx1-ubyte.gz", file.GetProperty("file").GetString());
        Assert.Equal(folder["mnist/t10k-labels-idx1-ubyte"], file.GetProperty("path").GetString());
    }

    [Fact]
    public void PublishedWeightsAreListedVerifiedAndDescribed()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path) { Variables = { ["DESCENT_DATA"] = folder.Path } };
        var listed = command.Run("data", "list", "--json").MustSucceed().Json().EnumerateArray().Last();
        Assert.Equal(("resnet18-imagenet", false), (listed.GetProperty("name").GetString(), listed.GetProperty("is_present").GetBoolean()));
        Assert.Contains("resnet18-imagenet", command.Run("data", "list").MustSucceed().Output);
        Assert.Contains("weights/resnet18-f37072fd.pth (46.8 MB)", command.Run("describe", "resnet18-imagenet").MustSucceed().Output);

        _ = Directory.CreateDirectory(folder["weights"]);
        File.WriteAllBytes(folder["weights/resnet18-f37072fd.pth"], [1, 2, 3]);
        var outcome = command.Run("data", "verify", "resnet18-imagenet");
        Assert.Equal((2, $"{folder["weights/resnet18-f37072fd.pth"]} is no file of PyTorch: it does not begin as a ZIP archive.\n"),
            (outcome.Code, outcome.Error));
    }

    [Theory]
    [InlineData("train mnist-mlp --optimizer adam")]
    [InlineData("run mnist-optimizers")]
    [InlineData("run mnist-optimizers --dry-run")]
    public void ATruncatedFileIsRefusedBeforeAnythingIsTrained(string line)
    {
        using var folder = new TemporaryFolder();
        _ = Directory.CreateDirectory(folder["data/mnist"]);
        foreach (string name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
        {
            // The header says 60,000 images or labels; five bytes follow.
            byte[] header = [0, 0, 8, (byte)(name.EndsWith('3') ? 3 : 1), 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28];
            File.WriteAllBytes(folder[$"data/mnist/{name}-ubyte"], [.. header.AsSpan(0, name.EndsWith('3') ? 16 : 8), 1, 2, 3, 4, 5]);
        }

        var outcome = new DescentCommand(folder.Path).Run(line.Split(' '));
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
        Assert.Contains(folder["data/mnist/train-images-idx3-ubyte"], outcome.Error);
        Assert.False(Directory.Exists(folder[".descent"]));
    }

    [Theory]
    [InlineData("data get mnsit", "No data set and no weights are called \"mnsit\". Did you mean \"mnist\"?")]
    [InlineData("data gte", "descent data has no command \"gte\". Did you mean \"get\"? See: descent data --help")]
    [InlineData("data", "descent data needs a command. See: descent data --help")]
    public void UnknownNamesAreSaidWithTheNearest(string line, string beginning)
    {
        var outcome = new DescentCommand(".").Run(line.Split(' '));
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
    }
}
