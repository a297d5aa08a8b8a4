using System.Xml.Linq;

namespace Descent.Tests.App;

public class LandscapeCommandTests
{
    [Fact]
    public void ThePlaneGoesThroughTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = descent.Run("train", "digits-mlp", "--optimizer", "adam", "--epochs", "2", "--quiet", "--save", "my.safetensors").MustSucceed();
        var one = descent.Run("landscape", "my.safetensors", "--data", "test", "--points", "5", "--radius", "0.5", "--json").MustSucceed().Json();
        var evaluation = descent.Run("evaluate", "my.safetensors", "--json").MustSucceed().Json();

        double center = one.GetProperty("center_loss").GetDouble();
        Assert.Equal(evaluation.GetProperty("loss").GetDouble(), center);
        Assert.Equal(center, one.GetProperty("losses")[2][2].GetDouble());
        Assert.Equal([-0.5, -0.25, 0, 0.25, 0.5], one.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()));
        Assert.InRange(center, one.GetProperty("minimum_loss").GetDouble(), one.GetProperty("maximum_loss").GetDouble());
    }

    [Fact]
    public void PicturesAreDrawnOfPlaneSurfaceAndLine()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string text = descent.Run("landscape", "digits-mlp", "--initialization", "he", "--points", "9", "-o", "plane.svg", "--surface", "surface.svg").MustSucceed().Output;
        Assert.Contains("random, filter-normalized, seed 0, cosine between them", text);
        Assert.Contains("9 × 9 points", text);
        Assert.Contains("Loss landscape", File.ReadAllText(Path.Combine(folder.Path, "plane.svg")));
        // A patch for each cell of the grid, a floor and its three edges.
        Assert.Equal((8 * 8) + 7, XDocument.Load(Path.Combine(folder.Path, "surface.svg")).Descendants().Count(x => x.Name.LocalName == "path"));

        _ = descent.Run("landscape", "digits-mlp", "--line", "--directions", "random", "--points", "11", "-o", "line.svg").MustSucceed();
        Assert.Contains("Loss along a line", File.ReadAllText(Path.Combine(folder.Path, "line.svg")));
    }

    [Fact]
    public void OptimizersRaceFromOneStartInTheirOwnPlane()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string[] arguments = ["landscape", "digits-mlp", "--data", "train", "--optimizers", "sgd,adam", "--set", "sgd.learning_rate=0.2", "--set", "adam.learning_rate=0.005",
            "--steps", "25", "--every", "5", "--points", "5"];
        var one = descent.Run([.. arguments, "--json"]).MustSucceed().Json();
        var paths = one.GetProperty("paths").EnumerateArray().ToList();

        Assert.Equal(["sgd", "adam"], paths.Select(x => x.GetProperty("name").GetString()));
        double center = one.GetProperty("center_loss").GetDouble();
        Assert.All(paths, path =>
        {
            var points = path.GetProperty("points").EnumerateArray().ToList();
            Assert.Equal(["step 0", "step 5", "step 10", "step 15", "step 20", "step 25"], points.Select(x => x.GetProperty("label").GetString()));
            Assert.Equal((0, 0, center), (points[0].GetProperty("x").GetDouble(), points[0].GetProperty("distance").GetDouble(), points[0].GetProperty("loss").GetDouble()));
            Assert.InRange(points[^1].GetProperty("loss").GetDouble(), 0, 0.9 * center);
            Assert.InRange(points[^1].GetProperty("distance").GetDouble(), 1e-6, 1);
        });
        Assert.InRange(one.GetProperty("variance_shares").EnumerateArray().Sum(x => x.GetDouble()), 0.7, 1);
        _ = descent.Run([.. arguments, "-o", "race.svg"]).MustSucceed();
        Assert.Equal(2, File.ReadAllText(Path.Combine(folder.Path, "race.svg")).Split("class=\"moving\"").Length - 1);
    }

    [Fact]
    public void ATrainingIsDrawnInThePlaneOfItsCheckpoints()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = descent.Run("train", "digits-mlp", "--optimizer", "adam", "--epochs", "4", "--set", "checkpoints=[1, 2, 3]", "--quiet", "--save", "my.safetensors").MustSucceed();
        string[] files = [.. Enumerable.Range(1, 3).SelectMany(i => new[] { "--trajectory", $"my.epoch-{i}.safetensors" })];
        var one = descent.Run(["landscape", "my.safetensors", .. files, "--points", "5", "--json"]).MustSucceed().Json();
        var points = one.GetProperty("paths")[0].GetProperty("points").EnumerateArray().ToList();

        Assert.Equal(4, points.Count);
        // The last point is the checkpoint itself, which the plane goes through.
        Assert.Equal((one.GetProperty("center_loss").GetDouble(), 0), (points[^1].GetProperty("loss").GetDouble(), points[^1].GetProperty("distance").GetDouble()));
        Assert.Equal(points[^1].GetProperty("loss").GetDouble(), points[^1].GetProperty("plane_loss").GetDouble());
        Assert.All(points.SkipLast(1), x => Assert.True(x.GetProperty("loss").GetDouble() > points[^1].GetProperty("loss").GetDouble()));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = descent.Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "1", "--quiet", "--save", "my.safetensors").MustSucceed();

        Refuse("digits-mlp --radius 0", "--radius must be a positive number, got \"0\".");
        Refuse("digits-mlp --initialization zero", "The directions have the norm 0: filter-normalized directions are scaled by the weights, and all of those are 0 or not finite.");
        Refuse("my.safetensors --to my.safetensors", "The two checkpoints have equal parameters: the direction between them has the norm 0.");
        Refuse("my.safetensors --directions pca", "--directions pca are those of a trajectory: give --trajectory or --optimizers.");
        Refuse("my.safetensors --trajectory my.safetensors", "1 points span no plane: the trajectory needs three that do not lie on a line.");
        Refuse("my.safetensors --line --surface s.svg", "--surface: a line has no surface; leave out --line and --to.");
        Refuse("digits-mlp --optimizers sgd,adam --set momentum=2", "sgd: momentum must lie in [0, 1), got 2.");
        Refuse("digits-mlp --set learning_rate=1", "--set learning_rate=1: landscape takes normalization and options of the model alone, as in model.hidden=[100].");

        void Refuse(string arguments, string sentence) => descent.Run(["landscape", .. arguments.Split(' ')]).MustRefuse(sentence);
    }
}
