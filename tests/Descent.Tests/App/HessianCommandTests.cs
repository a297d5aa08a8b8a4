using System.Text.Json;
using Descent.Formats;

namespace Descent.Tests.App;

public class HessianCommandTests
{
    [Fact]
    public void JsonHasTheEigenvaluesTheirResidualsAndTheTrace()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string hash = Train(descent, "--optimizer sgd --set learning_rate=0.5 --epochs 2 --save my.safetensors");
        var one = descent.Run("hessian", "my.safetensors", "--data", "train:0-299", "--top", "3", "--precision", "float64", "--json").MustSucceed().Json();
        double[] values = Numbers(one, "eigenvalues"), residuals = Numbers(one, "residuals");

        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal((3, 3), (values.Length, residuals.Length));
        Assert.All(residuals, x => Assert.InRange(x, 0, 1e-5 * values[0]));
        Assert.InRange(one.GetProperty("trace_error").GetDouble(), 1e-9, one.GetProperty("trace").GetDouble());
        Assert.Equal(4.0, one.GetProperty("sharpness_limit").GetDouble());
        Assert.Equal(("train:0-299", 300), (one.GetProperty("data").GetString(), one.GetProperty("images").GetInt32()));
        Assert.True(one.GetProperty("converged").GetBoolean());
        Assert.InRange(one.GetProperty("gradient_norm").GetDouble(), 1e-6, 10);
        // The file is as it was.
        Assert.Equal(hash, Train(descent, "--optimizer sgd --init my.safetensors --steps 1 --set learning_rate=1e-30"));
    }

    /// <summary>The loss is that of an evaluation on the same images, to the bit.</summary>
    [Fact]
    public void TheLossIsThatOfTheEvaluation()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = Train(descent, "--optimizer adam --epochs 1 --save my.safetensors");
        var hessian = descent.Run("hessian", "my.safetensors", "--data", "test", "--top", "1", "--json").MustSucceed().Json();
        var evaluation = descent.Run("evaluate", "my.safetensors", "--json").MustSucceed().Json();

        Assert.Equal(evaluation.GetProperty("loss").GetDouble(), hessian.GetProperty("loss").GetDouble());
    }

    [Fact]
    public void AFreshModelIsDrawnAndItsVectorsWritten()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string text = descent.Run("hessian", "digits-mlp", "--set", "model.hidden=[3]", "--seed", "2", "--steps", "40", "-o", "spectrum.svg", "--vectors", "v.npz")
            .MustSucceed().Output;

        Assert.Contains("digits-mlp, pytorch, seed 2", text);
        Assert.Contains("train, 1,437 images, no batch norm, float32", text);
        Assert.Contains("Spectral density of the Hessian", File.ReadAllText(Path.Combine(folder.Path, "spectrum.svg")));
        var arrays = NpzFile.Read(Path.Combine(folder.Path, "v.npz"));
        Assert.Contains(arrays, x => x.Name == "eigenvector.5.fc2.weight" && x.Shape.SequenceEqual([10, 3]));
        Assert.Equal(1, arrays.Where(x => x.Name.StartsWith("eigenvector.1.")).Sum(x => x.Values<double>().ToArray().Sum(v => v * v)), 1e-5);
    }

    /// <summary>Weights hold no state; then the squares of the gradients of batches stand for it. Where Adam has gone for a while they are small, and the sharpness that
    /// it feels is large.</summary>
    [Fact]
    public void AnAdaptiveRulePreconditions()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = Train(descent, "--optimizer adam --set learning_rate=0.01 --epochs 2 --save my.safetensors");
        var one = descent.Run("hessian", "my.safetensors", "--top", "1", "--json").MustSucceed().Json();

        Assert.Equal("gradients", one.GetProperty("preconditioner").GetString());
        Assert.InRange(one.GetProperty("preconditioned_sharpness").GetDouble(), 20 * one.GetProperty("sharpness").GetDouble(), 1e6);
        Assert.Equal(3800.0, one.GetProperty("sharpness_limit").GetDouble(), 1e-9);
        Assert.Contains("of the limit 3800", descent.Run("hessian", "my.safetensors", "--top", "1").MustSucceed().Output);
    }

    /// <summary>Where the file holds the state, it is what the rule divides by: the number is that of the training's own gauge.</summary>
    [Fact]
    public void ACheckpointWithStateHasTheSharpnessThatTheGaugeHasRead()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        var told = descent.Run("train", "digits-mlp", "--json", "--optimizer", "adam", "--set", "learning_rate=0.01", "--steps", "90", "--save", "my.safetensors",
            "--set", "final_checkpoint=state", "--set", "gauges={ sharpness: { every: 90, data: train:0-299 } }").MustSucceed().JsonLines();
        var reading = told.Last(x => x.TryGetProperty("gauge", out _)).GetProperty("values");
        var one = descent.Run("hessian", "my.safetensors", "--top", "1", "--data", "train:0-299", "--json").MustSucceed().Json();

        Assert.Equal("state", one.GetProperty("preconditioner").GetString());
        Assert.Equal(1, one.GetProperty("preconditioned_sharpness").GetDouble() / reading.GetProperty("preconditioned_sharpness").GetDouble(), 2e-3);
        Assert.Equal(one.GetProperty("sharpness_limit").GetDouble(), reading.GetProperty("stability_limit").GetDouble(), 1e-9);
        Assert.Equal(told[^1].GetProperty("test_loss").GetDouble(), descent.Run("evaluate", "my.safetensors", "--json").MustSucceed().Json().GetProperty("loss").GetDouble());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        _ = Train(descent, "--optimizer adam --steps 1 --save my.safetensors");

        Refuse("my.safetensors --top 4811", "top must lie in 1-4810 (the Hessian has as many eigenvalues as the model has parameters), got 4811.");
        Refuse("my.safetensors --data train:0-9 --mode training --batch-size 11", "batch_size must lie in 1-10 (images of train:0-9), got 11.");
        Refuse("my.safetensors --batch-size 11",
            "--batch-size: in evaluation mode nothing depends on a batch. Give --mode training for the statistics of batches.");
        Refuse("my.safetensors -o picture.gif", $"{Path.GetFullPath(Path.Combine(folder.Path, "picture.gif"))}: a picture is a file .svg, .png or .json (Plotly's figure).");
        Assert.StartsWith("--vectors ", descent.Run("hessian", "my.safetensors", "--vectors", "v.txt").Error);
        var other = descent.Run("hessian", "my.safetensors", "--set", "model.hidden=[3]");
        Assert.Equal(2, other.Code);
        Assert.Contains("fc1.weight", other.Error);

        void Refuse(string arguments, string sentence) => descent.Run(["hessian", .. arguments.Split(' ')]).MustRefuse(sentence);
    }

    static string Train(DescentCommand descent, string arguments) =>
        descent.Run(["train", "digits-mlp", "--json", .. arguments.Split(' ')]).MustSucceed().JsonLines()[^1].GetProperty("parameters_hash").GetString()!;

    static double[] Numbers(JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
