using System.Text.Json;
using System.Text.RegularExpressions;
using Descent.App.Catalogs;
using Descent.Optimizers;

namespace Descent.Tests.App;

public class CatalogCommandTests
{
    public static TheoryData<string> Kinds => [.. AllCatalogs.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ListAndDescribeAgree(string kind)
    {
        var command = new DescentCommand(".");
        var entries = command.Run("list", kind, "--json", "--data-folder", "nowhere").MustSucceed().Json().EnumerateArray().ToList();
        string table = command.Run("list", kind, "--data-folder", "nowhere").MustSucceed().Output;
        Assert.NotEmpty(entries);
        Assert.All(entries, entry =>
        {
            string name = entry.GetProperty("name").GetString()!;
            Assert.Contains($"\n {name} ", table);
            Assert.StartsWith($"{name}: ", command.Run("describe", name, "--data-folder", "nowhere").MustSucceed().Output);
            var described = command.Run("describe", name, "--json", "--data-folder", "nowhere").MustSucceed().Json();
            Assert.Equal(entry.GetRawText(), described.GetRawText());
        });
    }

    [Fact]
    public void NamesAreUniqueOverAllKinds()
    {
        var names = AllCatalogs.Kinds.SelectMany(kind => new DescentCommand(".").Run("list", kind, "--json", "--data-folder", "nowhere")
            .Json()
            .EnumerateArray().Select(entry => entry.GetProperty("name").GetString())).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void AnOptimizerIsDescribedFromItsDocumentation()
    {
        string page = new DescentCommand(".") { Width = 200 }.Run("describe", "adamw").MustSucceed().Output;
        var rule = OptimizerCatalog.Default.Find("adamw");
        Assert.Contains(rule.Summary, page);
        Assert.Contains("arXiv:1711.05101", page);
        Assert.Contains("exp_avg, exp_avg_sq: 8 bytes a parameter in float32, 16 in float64, of a weight [512, 512]", page);
        Assert.Matches(@"beta1 +0\.9 +\[0, 1\) +β₁", page);
        Assert.Matches(@"learning_rate +0\.001 +positive +η", page);
    }

    /// <summary>Three networks by one and two threads, and each share is the rule's part of the network's step.</summary>
    [Fact]
    public void AnOptimizerIsDescribedWithWhatItCosts()
    {
        var costs = new DescentCommand(".").Run("describe", "adam", "--json").MustSucceed().Json().GetProperty("costs").EnumerateArray().ToList();

        Assert.Equal(["1.1m 1", "1.1m 2", "2.2m 1", "2.2m 2", "11m 1", "11m 2"],
            costs.Select(x => $"{x.GetProperty("parameters").GetString()} {x.GetProperty("threads").GetInt32()}"));
        Assert.All(costs, x => Assert.InRange(x.GetProperty("gigabytes_per_second").GetDouble() * x.GetProperty("nanoseconds").GetDouble(), 27.5, 28.5));
        Assert.Equal(["cifar10-simple-cnn", "cifar10-cnn", "cifar10-resnet18"], costs.Select(x => x.GetProperty("workload").GetString()!).Distinct());
        Assert.All(costs, x => Assert.InRange(x.GetProperty("share_of_step").GetDouble(), 0.001, 0.15));
        Assert.Contains("ns a parameter", new DescentCommand(".") { Width = 200 }.Run("describe", "adam").MustSucceed().Output);
    }

    [Theory]
    [InlineData("sgd", 0)]
    [InlineData("adam", 8)]
    [InlineData("soap", 24)]
    public void AnOptimizerIsDescribedWithWhatItRemembers(string rule, double bytes) => Assert.Equal(bytes,
        new DescentCommand(".").Run("describe", rule, "--json").MustSucceed().Json().GetProperty("state_bytes").GetDouble());

    [Fact]
    public void ARuleAroundAnotherIsDescribedUnderBothNames() =>
        Assert.StartsWith("ema+adamw: ", new DescentCommand(".").Run("describe", "ema+adamw").MustSucceed().Output);

    /// <summary>Whatever form of a rule is asked for, all of them are shown, and how each differs from the one that they come from.</summary>
    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void TheFormsOfAnOptimizerAreListedWithTheirDifferences(string name)
    {
        string page = new DescentCommand(".") { Width = 200 }.Run("describe", name).MustSucceed().Output;
        var forms = OptimizerCatalog.Default.Optimizers.Where(x => x.FormOf == "adam").ToList();
        Assert.Contains("Differs from adam", page);
        Assert.Equal(["adamw", "amsgrad", "nadam", "radam"], forms.Select(x => x.Name).Intersect(["adamw", "amsgrad", "nadam", "radam"]));
        Assert.All(forms, form => Assert.Matches($@"\n *{form.Name} +{Regex.Escape(form.Difference!)}", page));
        Assert.DoesNotContain("Form ", new DescentCommand(".") { Width = 200 }.Run("describe", "lion").MustSucceed().Output);
    }

    [Fact]
    public void AWorkloadIsDescribedByItsLayersAndParameters()
    {
        var workload = new DescentCommand(".").Run("describe", "mnist-mlp", "--json").MustSucceed().Json();
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"],
            workload.GetProperty("parameters").EnumerateArray().Select(x => x.GetProperty("name").GetString()));
        Assert.Equal(101_770, workload.GetProperty("parameter_count").GetInt64());
        Assert.Equal(2 * ((784 * 128) + (128 * 10)), workload.GetProperty("flops").GetInt64());
        Assert.Equal("[128]", workload.GetProperty("options").GetProperty("model.hidden").GetString());
    }

    /// <summary>Convolution, batch norm and ReLU of a block: batch norm and ReLU are one pass, so the block keeps the convolution's output, the ReLU's, and the pooled
    /// one. 32 filters on 32×32, 64 on 16×16, 128 on 8×8.</summary>
    [Fact]
    public void AWorkloadsActivationsAndRunningStatisticsAreDescribed()
    {
        var workload = new DescentCommand(".").Run("describe", "cifar10-cnn-bn", "--json").MustSucceed().Json();
        long blocks = (2 * 32 * 1024) + (32 * 256) + (2 * 64 * 256) + (64 * 64) + (2 * 128 * 64) + (128 * 16);
        Assert.Equal(4 * 128 * (3072 + blocks + 128 + 10), workload.GetProperty("activation_bytes").GetInt64());
        Assert.Equal("features.1.running_mean", workload.GetProperty("statistics")[0].GetProperty("name").GetString());
        // PyTorch's order: filters, channels, height, width.
        Assert.Equal("[64,32,3,3]", workload.GetProperty("parameters").EnumerateArray()
            .Single(x => x.GetProperty("name").GetString() == "features.4.weight").GetProperty("shape").GetRawText());
        string page = new DescentCommand(".").Run("describe", "cifar10-cnn-bn").MustSucceed().Output;
        Assert.Contains("67.7 MB kept for the backward pass of a batch of 128", page);
        Assert.Contains("model.image_size   32        be a side from 32 to 512", page);
        Assert.Contains("model.image_size: Images are enlarged to this side by a first layer", page);
    }

    [Fact]
    public void AWorkloadIsDescribedWithOptionsOfItsModel()
    {
        var workload = new DescentCommand(".").Run("describe", "cifar10-resnet18", "--set", "model.image_size=224", "--json").MustSucceed().Json();
        Assert.Equal("224", workload.GetProperty("options").GetProperty("model.image_size").GetString());
        Assert.Equal("[224,224,3]", workload.GetProperty("layers")[0].GetProperty("output").GetRawText());
        // 3.6 GFLOPs and 11,181,642 parameters are those of torchvision's resnet18 with 10 classes.
        Assert.Equal((3_627_132_928, 11_181_642), (workload.GetProperty("flops").GetInt64(), workload.GetProperty("parameter_count").GetInt64()));
    }

    [Theory]
    [InlineData("describe mnst-mlp", "Nothing is called \"mnst-mlp\". Did you mean \"mnist-mlp\"? See: descent list ")]
    [InlineData("describe adam --set model.hidden=[1]", "--set model.hidden: options of a model are for workloads, and adam is none. See: descent list workloads\n")]
    [InlineData("describe cifar10-cnn --set model.image_size=16", "cifar10-cnn: model.image_size must be a side from 32 to 512, got 16.\n")]
    [InlineData("describe cifar10-cnn --set image_size=64", "--set image_size=64: describe takes options of the model alone, as in model.hidden=[100].\n")]
    [InlineData("describe cifar10-cnn --set normalization=half", "--set normalization=half: describe takes options of the model alone, as in model.hidden=[100].\n")]
    [InlineData("list optimisers", "descent list has no \"optimisers\". Did you mean \"optimizers\"? Known: optimizers, schedules, ")]
    [InlineData("list", "descent list needs <kind>. For example: descent list optimizers. See: descent list --help\n")]
    public void UnknownNamesAreSaidWithTheNearest(string line, string beginning)
    {
        var outcome = new DescentCommand(".").Run(line.Split(' '));
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
    }

    [Fact]
    public void JsonKeepsEveryDigit()
    {
        var rule = new DescentCommand(".").Run("describe", "adam", "--json").MustSucceed().Json();
        var epsilon = rule.GetProperty("hyperparameters").EnumerateArray().Single(x => x.GetProperty("name").GetString() == "epsilon");
        Assert.Equal((JsonValueKind.Number, 1e-8), (epsilon.GetProperty("default").ValueKind, epsilon.GetProperty("default").GetDouble()));
    }
}
