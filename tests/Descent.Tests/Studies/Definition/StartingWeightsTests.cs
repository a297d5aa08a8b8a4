using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Studies.Definition;

public sealed class StartingWeightsTests : IDisposable
{
    // sha256sum of the three letters.
    const string AbcDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    readonly TemporaryFolder folder = new();

    public StartingWeightsTests() => File.WriteAllText(folder["w.pth"], "abc");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARelativePathBeginsAtTheStudysFile()
    {
        var study = Load("init: w.pth");

        Assert.Equal(new StartingWeights(folder["w.pth"], AbcDigest, IsExceptHead: false), study.Init);
        Assert.Equal(study.Init, study.Expand()[0].Settings.Init);
        Assert.Contains($"\"init\":\"{AbcDigest}\",\"optimizer\"", study.Expand()[0].Settings.Json);
        Assert.Equal(study.Init, StudyFile.Parse(study.ToYaml(), "elsewhere/again.yaml").Init);
        Assert.True(Load("init: w.pth\ninit_except_head: true").Init!.IsExceptHead);
    }

    [Fact]
    public void TheTrialIsThatOfTheContentWhereverItLies()
    {
        string Id(string keys) => Load(keys).Expand()[0].Id;

        Directory.CreateDirectory(folder["else"]).Refresh();
        File.Copy(folder["w.pth"], folder["else/v.npz"]);
        string before = Id("init: w.pth");

        Assert.Equal(before, Id("init: else/v.npz"));
        Assert.Equal(before, Id("init: w.pth\ninit_except_head: false"));
        Assert.NotEqual(before, Id("init: w.pth\ninit_except_head: true"));
        Assert.NotEqual(before, Id("name: plain"));
        File.AppendAllText(folder["w.pth"], "d");
        Assert.NotEqual(before, Id("init: w.pth"));
    }

    [Fact]
    public void PublishedWeightsAreKnownByNameAndTakenWithoutTheirHead()
    {
        var init = Load("init: resnet18-imagenet").Init!;

        Assert.Equal(("resnet18-imagenet", true), (init.Source, init.IsExceptHead));
        Assert.StartsWith("f37072fd", init.Digest, StringComparison.Ordinal);
        Assert.False(Load("init: resnet18-imagenet\ninit_except_head: false").Init!.IsExceptHead);
        Assert.Equal($"ResNet-18 trained on ImageNet not found in {folder.Path}: weights/resnet18-f37072fd.pth is missing. "
            + "Run: descent data get resnet18-imagenet", Refusal("init: resnet18-imagenet"));
        _ = Directory.CreateDirectory(folder["weights"]);
        File.Copy(folder["w.pth"], folder["weights/resnet18-f37072fd.pth"]);
        Assert.Equal($"{folder["weights/resnet18-f37072fd.pth"]} is not the file that was published: its SHA-256 is not {init.Digest}. "
            + "Delete it and run: descent data get resnet18-imagenet", Refusal("init: resnet18-imagenet"));
    }

    [Fact]
    public void AFileThatChangesAfterTheStudyWasReadIsRefused()
    {
        var trial = Load("init: w.pth").Expand()[0].Settings;
        File.AppendAllText(folder["w.pth"], "d");

        Assert.Equal($"{folder["w.pth"]} has changed: its SHA-256 is not {AbcDigest} any more.", Refusal(trial));
    }

    [Theory]
    [InlineData("init: v.pth", "There is no file *v.pth, and no published weights are called so. Known: resnet18-imagenet.")]
    [InlineData("init: resnet18-imagnet",
        "There is no file *resnet18-imagnet, and no published weights are called so. Did you mean \"resnet18-imagenet\"? Known: resnet18-imagenet.")]
    [InlineData("init: \"w\\0\"", "There is no file w*, and no published weights are called so. Known: resnet18-imagenet.")]
    [InlineData("init: [w.pth]", "init must be a text, got a list*.")]
    [InlineData("init_except_head: true", "init_except_head says how to start from init, which is not given*.")]
    public void AMistakeIsSaidWhereItStands(string keys, string message)
    {
        string said = Assert.Throws<BadInputException>(() => Load(keys)).Message;

        Assert.StartsWith($"{folder["study.yaml"]}, line 5: {message.Split('*')[0]}", said, StringComparison.Ordinal);
        Assert.EndsWith(message.Split('*')[1], said, StringComparison.Ordinal);
    }

    StudyDefinition Load(string keys)
    {
        File.WriteAllText(folder["study.yaml"], $"{StudyText.Smallest}\n{keys}");
        return StudyFile.Load(folder["study.yaml"]);
    }

    string Refusal(string keys) => Refusal(Load(keys).Expand()[0].Settings);

    string Refusal(TrialSettings trial)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        var trainings = new WorkloadTrainings(new DataFolder(folder.Path), TimeProvider.System);
        return Assert.Throws<BadInputException>(() => trainings.Create(trial, executor)).Message;
    }
}
