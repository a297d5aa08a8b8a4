namespace Descent.Tests.App;

public class GradientsCommandTests
{
    [Fact]
    public void InitializationsStandSideBySide()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string[] arguments = ["gradients", "digits-mlp", "--initialization", "he", "--initialization", "zero", "--batches", "3"];
        var models = descent.Run([.. arguments, "--json"]).MustSucceed().JsonLines();

        Assert.Equal(["digits-mlp, he", "digits-mlp, zero"], models.Select(x => x.GetProperty("label").GetString()));
        Assert.All(models, x => Assert.Equal((3, 32, "evaluation"), (x.GetProperty("batches").GetInt32(), x.GetProperty("batch_size").GetInt32(), x.GetProperty("mode").GetString())));
        Assert.InRange(models[0].GetProperty("ratio").GetDouble(), 1, 100);
        Assert.Equal(1.0, models[1].GetProperty("activations")[0].GetProperty("dead").GetDouble());
        string text = descent.Run([.. arguments, "-o", "flow.svg"]).MustSucceed().Output;
        Assert.Contains("Evenly spread", text);
        Assert.Contains("No weight has a gradient", text);
        Assert.Contains("Gradients from layer to layer", File.ReadAllText(Path.Combine(folder.Path, "flow.svg")));
    }

    /// <summary>A step of plain gradient descent on all images moves a weight by the rate times its gradient.</summary>
    [Fact]
    public void UpdatesAreThoseOfTheRule()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        var one = descent.Run("gradients", "digits-mlp", "--data", "train", "--batch-size", "1437", "--batches", "1", "--optimizer", "sgd", "--set", "learning_rate=0.5",
            "--precision", "float64", "--json").MustSucceed().Json();
        foreach (var weight in one.GetProperty("weights").EnumerateArray())
        {
            Assert.Equal(0.5 * weight.GetProperty("gradient_norm").GetDouble() / weight.GetProperty("weight_norm").GetDouble(), weight.GetProperty("update_ratio").GetDouble(), 1e-9);
        }

        Assert.Contains("step 1 of sgd learning_rate=0.5", one.GetProperty("update").GetString());
    }

    [Fact]
    public void TheParametersOfACheckpointStay()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string trained = descent.Run("train", "digits-mlp", "--optimizer", "adam", "--epochs", "1", "--save", "my.safetensors", "--json").MustSucceed().JsonLines()[^1]
            .GetProperty("parameters_hash").GetString()!;
        var one = descent.Run("gradients", "my.safetensors", "--optimizer", "adam", "--batches", "4", "--json").MustSucceed().Json();

        Assert.Equal(trained, one.GetProperty("parameters_hash").GetString());
        Assert.All(one.GetProperty("weights").EnumerateArray(), x => Assert.InRange(x.GetProperty("update_ratio").GetDouble(), 1e-5, 1));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        Refuse("digits-mlp --data train:0-9 --batch-size 11", "batch_size must lie in 1-10 (images of train:0-9), got 11.");
        Refuse("digits-mlp --set learning_rate=1", "--set learning_rate=1: whose? Add --optimizer, as in --optimizer adam.");
        Refuse("digits-mlp --initialization hee", "There is no initialization \"hee\". Did you mean \"he\"? Known: zero, normal, uniform, he, xavier, pytorch.");

        void Refuse(string arguments, string sentence) => descent.Run(["gradients", .. arguments.Split(' ')]).MustRefuse(sentence);
    }
}
