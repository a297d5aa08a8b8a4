using Descent.Formats;
using Descent.Studies.Definition;

namespace Descent.Tests.App;

/// <summary>A network of the catalog on a user's own pictures, from weights that were trained on others.</summary>
public sealed class OwnPicturesCommandTests : IDisposable
{
    const int Height = 10, Width = 13;

    readonly TemporaryFolder folder = new();
    readonly DescentCommand descent;

    public OwnPicturesCommandTests()
    {
        descent = new(folder.Path) { Width = 200 };
        Pictures("others", "ape", "bee");
        Pictures("mine", "cat", "dog", "eel");
        foreach (string data in (string[])["others", "mine"])
        {
            File.WriteAllText(folder[$"{data}.yaml"], $"name: {data}-study\nworkload: {{ data: {data}, net: cnn-bn, test: 2, batch_size: 4 }}\nseeds: [0]\nepochs: 2\noptimizers: [adam]\n");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WeightsOfOtherClassesAreTakenWithoutTheirLastLayer()
    {
        _ = descent.Run("train", "others.yaml", "--optimizer", "adam", "--save", "others.safetensors", "--quiet").MustSucceed();
        Assert.Equal(2, descent.Run("train", "mine.yaml", "--optimizer", "adam", "--init", "others.safetensors").Code);
        // A step that moves no weight.
        string[] still = ["train", "mine.yaml", "--optimizer", "sgd", "--set", "learning_rate=1e-30", "--steps", "1", "--quiet"];
        _ = descent.Run([.. still, "--init", "others.safetensors", "--init-except-head", "--save", "start.safetensors"]).MustSucceed();
        _ = descent.Run([.. still, "--save", "fresh.safetensors"]).MustSucceed();

        Assert.Equal(Values("others", "features.8.weight"), Values("start", "features.8.weight"));
        Assert.Equal(Values("others", "classifier.1.weight"), Values("start", "classifier.1.weight"));
        Assert.Equal(128 * 128 * 1 * 1, Values("start", "classifier.1.weight").Length);
        Assert.Equal(Values("fresh", "classifier.3.weight"), Values("start", "classifier.3.weight"));
        Assert.Equal(3, Values("start", "classifier.3.bias").Length);
    }

    [Fact]
    public void TheyAreBroughtToAnySize()
    {
        var page = descent.Run("describe", "mine.yaml", "--set", "model.image_size=24x40").MustSucceed().Output;
        Assert.Contains("mine, 10×13×3, cnn-bn", page, StringComparison.Ordinal);
        Assert.Contains("resize 24×40", page, StringComparison.Ordinal);
        Assert.Contains("model.image_size   10x13     be a side, or a height and a width, from 1 to 1024, as in 64 or 48x64", page, StringComparison.Ordinal);
        var summary = descent.Run("train", "mine.yaml", "--optimizer", "adam", "--set", "model.image_size=24x40", "--steps", "2", "--save", "large.safetensors", "--json").MustSucceed()
            .JsonLines()[^1];
        Assert.Equal(128 * 128 * 3 * 5, Values("large", "classifier.1.weight").Length);
        Assert.Equal(summary.GetProperty("test_loss").GetDouble(), descent.Run("evaluate", "large.safetensors", "--json").MustSucceed().Json().GetProperty("loss").GetDouble(), 1e-6);
        Assert.Contains("classifier.1.weight", descent.Run("evaluate", "large.safetensors", "--set", "model.image_size=24").Error, StringComparison.Ordinal);
        Assert.Equal(3, StudyFile.Load(folder["mine.yaml"], [StudyOverride.FromSet("model.image_size=[16, 10x13, 24]")]).Expand().Select(trial => trial.Id).Distinct().Count());
    }

    [Fact]
    public void PicturesOfSeveralSizesAreBroughtToOne()
    {
        File.WriteAllBytes(folder["mine/cat/9.png"], PngImage.Encode(30, 20, 3, new byte[1800]));
        Assert.EndsWith("9.png has 20×30×3 pixels, the pictures before it have 10×13×3; picture_size: 64 brings all to one size.\n", descent.Run("run", "mine.yaml").Error, StringComparison.Ordinal);
        Assert.EndsWith("picture_size must be a side, or a height and a width, from 1 to 1024, as in 64 or 48x64, got 0.\n",
            descent.Run("run", "mine.yaml", "--set", "workload.picture_size=0").Error, StringComparison.Ordinal);

        string[] sized = ["--set", "workload.picture_size=16x12"];
        _ = descent.Run(["run", "mine.yaml", .. sized, "--quiet"]).MustSucceed();
        var study = StudyFile.Load(folder["mine.yaml"], [StudyOverride.FromSet("workload.picture_size=16x12")]);
        Assert.Equal(study.Expand()[0].Id, StudyFile.Parse(study.ToYaml(), "again.yaml").Expand()[0].Id);
        Assert.NotEqual(study.Expand()[0].Id, StudyFile.Load(folder["mine.yaml"], [StudyOverride.FromSet("workload.picture_size=16")]).Expand()[0].Id);
        Assert.Equal(new Descent.Data.ImageShape(16, 12, 3), study.Workload.Data.Shape);
        Assert.Equal(2, descent.Run("evaluate", $"mine-study/{study.Expand()[0].Id[..8]}@latest", "--json").MustSucceed().Json().GetProperty("images").GetInt32());
    }

    [Theory]
    [InlineData("workload.net=resnet", "There is no net \"resnet\". Did you mean \"resnet18\"? Known: resnet18, resnet18-small-stem, cnn-bn, simple-cnn, cnn.")]
    [InlineData("workload.layers=[ flatten, linear: 3 ]", "layers and net both say what the net is; give one of them.")]
    [InlineData("model.image_size=7", "net cnn-bn: features.11: max_pool2d: an image [height, width, channels] with sides of at least 2 is needed, got [1, 1, 128]: "
        + "images [7, 7, 3] are too small for this net.")]
    [InlineData("model.image_size=24x", "mine-study: model.image_size must be a side, or a height and a width, from 1 to 1024, as in 64 or 48x64, got 24x.")]
    public void AMistakeIsOneSentence(string set, string message)
    {
        var outcome = descent.Run("run", "mine.yaml", "--set", set);
        Assert.Equal(2, outcome.Code);
        Assert.EndsWith(message + "\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void GreyPicturesAreRefused()
    {
        Pictures("grey", channels: 1, "a", "b");
        File.WriteAllText(folder["grey.yaml"], "workload: { data: grey, net: resnet18 }\nseeds: [0]\noptimizers: [adam]\n");
        Assert.EndsWith("line 1: net resnet18 is for pictures in colour, of 3 channels, and the data have images of 10×13×1; describe a net of your own by layers.\n",
            descent.Run("run", "grey.yaml").Error, StringComparison.Ordinal);
    }

    float[] Values(string file, string name) => WeightsFile.Read(folder[$"{file}.safetensors"]).Arrays.Single(array => array.Name == name).Values<float>().ToArray();

    void Pictures(string data, params string[] classes) => Pictures(data, channels: 3, classes);

    void Pictures(string data, int channels, params string[] classes)
    {
        foreach (var (number, name) in classes.Index())
        {
            _ = Directory.CreateDirectory(folder[$"{data}/{name}"]);
            for (int picture = 0; picture < 5; picture++)
            {
                byte[] pixels = [.. Enumerable.Range(0, Height * Width * channels).Select(i => (byte)((i * (number + 3)) + (40 * picture)))];
                File.WriteAllBytes(folder[$"{data}/{name}/{picture}.png"], PngImage.Encode(Width, Height, channels, pixels));
            }
        }
    }
}
