namespace Descent.Tests.App;

public class FindLearningRateCommandTests
{
    /// <summary>The rates grow evenly by factor, the smoothed losses are the bias corrected means, and the suggestion follows its rule.</summary>
    [Fact]
    public void TheSweepIsExponentialAndTheSuggestionFollowsItsRule()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string[] arguments = ["find-lr", "digits-mlp", "--optimizer", "sgd", "--from", "1e-3", "--to", "1e3", "--steps", "61", "--seeds", "4,5"];
        var one = descent.Run([.. arguments, "--json", "-o", "sweep.svg"]).MustSucceed().Json();
        var seed = one.GetProperty("seeds")[0];
        double[] rates = Numbers(seed, "rates"), losses = Numbers(seed, "losses"), smoothed = Numbers(seed, "smoothed"), mean = Numbers(one, "mean_smoothed_losses");

        Assert.True(seed.GetProperty("has_blown_up").GetBoolean());
        for (int i = 0; i < rates.Length; i++)
        {
            Assert.Equal(Math.Pow(10, -3 + (0.1 * i)), rates[i], 1e-9 * rates[i]);
            double weights = Enumerable.Range(0, i + 1).Sum(k => Math.Pow(0.9, i - k)), sum = Enumerable.Range(0, i + 1).Sum(k => Math.Pow(0.9, i - k) * losses[k]);
            Assert.Equal(sum / weights, smoothed[i], 1e-9);
        }

        double least = rates[Array.IndexOf(mean, mean.Min())];
        Assert.Equal(least, one.GetProperty("least").GetDouble(), 1e-9 * least);
        Assert.Equal(least / 10, one.GetProperty("suggestion").GetDouble(), 1e-9 * least);
        Assert.InRange(one.GetProperty("steepest").GetDouble(), rates[0], least);
        Assert.Contains("Learning-rate range test", File.ReadAllText(Path.Combine(folder.Path, "sweep.svg")));
        Assert.Contains("a tenth of the learning rate", descent.Run(arguments).MustSucceed().Output);
    }

    /// <summary>Fresh copies are trained: the file that they start from keeps every byte.</summary>
    [Fact]
    public void ACheckpointStaysAsItWas()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = descent.Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "5", "--quiet", "--save", "my.safetensors").MustSucceed();
        byte[] before = File.ReadAllBytes(Path.Combine(folder.Path, "my.safetensors"));
        _ = descent.Run("find-lr", "my.safetensors", "--optimizer", "adam", "--steps", "20", "--seeds", "0").MustSucceed();

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder.Path, "my.safetensors")));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        Refuse("digits-mlp", "descent find-lr needs --optimizer, as in --optimizer adam.");
        Refuse("digits-mlp --optimizer sgd --from 1 --to 0.1", "The sweep must rise: --from 1 is not below --to 0.1.");
        Refuse("digits-mlp --optimizer sgd --from -1", "--from must be a positive number, got \"-1\".");
        Refuse("digits-mlp --optimizer sgd --smoothing 1", "--smoothing must lie in [0, 1), got \"1\".");

        void Refuse(string arguments, string sentence) => descent.Run(["find-lr", .. arguments.Split(' ')]).MustRefuse(sentence);
    }

    static double[] Numbers(System.Text.Json.JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
