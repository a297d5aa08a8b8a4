using Descent.Studies.Pictures;
using Descent.Tests.Studies.Definition;

namespace Descent.Tests.App;

/// <summary>A user's own problem goes where every workload goes.</summary>
public sealed class OwnProblemCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly DescentCommand descent;

    public OwnProblemCommandTests()
    {
        descent = new(folder.Path);
        OwnProblemText.WriteDigits(folder["digits.csv"]);
        File.WriteAllText(folder["own.yaml"], OwnProblemText.DigitsStudy + "\nvalidation: 10%\ntarget: 0.8\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItIsTrainedSavedAndEvaluated()
    {
        var summary = descent.Run("train", "own.yaml", "--optimizer", "adam", "--epochs", "3", "--save", "own.safetensors", "--json").MustSucceed().JsonLines()[^1];
        Assert.Equal("own-digits", summary.GetProperty("workload").GetString());
        Assert.Equal(10, summary.GetProperty("class_accuracy").GetArrayLength());
        double accuracy = summary.GetProperty("test_accuracy").GetDouble();
        Assert.InRange(accuracy, 0.8, 1);
        Assert.Equal(accuracy, descent.Run("evaluate", "own.safetensors", "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble());
        Assert.Equal(accuracy, descent.Run("evaluate", "own.safetensors", "--workload", "own.yaml", "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble());
        File.Delete(folder["digits.csv"]);
        Assert.Contains("digits.csv does not exist", descent.Run("evaluate", "own.safetensors").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsRunShownDrawnAndExportedAsAStudy()
    {
        _ = descent.Run("run", "own.yaml", "--report", "report.html").MustSucceed();
        Assert.DoesNotContain("[1/1]", descent.Run("run", "own.yaml", "--no-report").MustSucceed().Output, StringComparison.Ordinal);
        string trial = Path.GetFileName(Directory.GetDirectories(folder[".descent/checkpoints"])[0]);
        Assert.InRange(descent.Run("evaluate", $"own-digits/{trial}@best", "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble(), 0.5, 1);
        Assert.Equal("own-digits cannot be drawn as images: these are bytes of 1 or 3 channels, its rows have 64 values that are no bytes.",
            descent.Run("plot", "own-digits", "images", "-o", "images.svg").Error.Trim());
        File.Delete(folder["digits.csv"]);
        Assert.Contains("own-digits", descent.Run("show", "own-digits").MustSucceed().Output, StringComparison.Ordinal);
        _ = descent.Run("plot", "own-digits", "confusion-matrix", "-o", "confusion.svg").MustSucceed();
        Assert.NotEmpty(Directory.GetFiles(folder[".descent/checkpoints"], "best.safetensors", SearchOption.AllDirectories));
        Assert.Contains("digits.csv, 64 values, 3 layers", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
        Assert.Contains("own-digits", descent.Run("export", "own-digits", "--format", "json").MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatAreToldHaveNoAccuracy()
    {
        string[] sets = ["--set", "workload.label=p36", "--set", "workload.loss=squared_error", "--set", "workload.layers=[ linear: 16, tanh, linear: 1 ]", "--set", "target=1"];
        string text = descent.Run(["run", "own.yaml", "--report", "report.html", .. sets]).MustSucceed().Output;
        Assert.Contains("Test R², %", text, StringComparison.Ordinal);
        Assert.Contains("test R² ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", text, StringComparison.Ordinal);
        string page = WithoutPictureNames(File.ReadAllText(folder["report.html"]));
        Assert.Contains("Validation R²", page, StringComparison.Ordinal);
        Assert.DoesNotContain("accurac", page, StringComparison.OrdinalIgnoreCase);
        File.WriteAllText(folder["numbers.yaml"], OwnProblemText.DigitsStudy.Replace("label: digit", "label: p36\n  loss: squared_error", StringComparison.Ordinal)
            .Replace("linear: 10", "linear: 1", StringComparison.Ordinal));
        string lines = descent.Run("train", "numbers.yaml", "--optimizer", "adam", "--epochs", "1").MustSucceed().Output;
        Assert.Contains(" train R²  test loss   test R² ", lines, StringComparison.Ordinal);
    }

    /// <summary>Pictures keep their names whatever is measured.</summary>
    static string WithoutPictureNames(string page) => PictureCatalog.All.Aggregate(page, (text, picture) => text.Replace(picture.Name, "", StringComparison.Ordinal));

    [Fact]
    public void ItIsDescribed()
    {
        string text = descent.Run("describe", "own.yaml").MustSucceed().Output;
        Assert.Contains("1,437 to train, 360 to test, drawn by the study's split_seed", text, StringComparison.Ordinal);
        Assert.Contains("0.weight    [64, 64]     4,096", text, StringComparison.Ordinal);
        Assert.Equal(4810, descent.Run("describe", "own.yaml", "--json").MustSucceed().Json().GetProperty("parameter_count").GetInt32());
    }

    [Theory]
    [InlineData("train", "nothing.yaml", "--optimizer", "adam")]
    [InlineData("describe", "nothing.yaml")]
    [InlineData("run", "nothing.yaml")]
    public void AFileThatIsNotThereIsSaid(params string[] arguments)
    {
        var outcome = descent.Run(arguments);
        Assert.Equal(2, outcome.Code);
        Assert.Contains("There is no study file ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMistakeInTheNetIsSaidWithItsLineAndLayer()
    {
        var outcome = descent.Run("run", "own.yaml", "--set", "workload.layers=[ linear: 64, linear: { outputs: 10, inputs: 128 } ]");
        Assert.Equal(2, outcome.Code);
        Assert.Equal("--set workload.layers=[ linear: 64, linear: { outputs: 10, inputs: 128 } ]: layer 2 (linear): expects 128 inputs, gets 64.", outcome.Error.Trim());
    }
}
