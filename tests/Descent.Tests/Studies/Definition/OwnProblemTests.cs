using Descent.Data;
using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.Studies.Definition;

public sealed class OwnProblemTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public OwnProblemTests() => OwnProblemText.WriteDigits(folder["digits.csv"]);

    public void Dispose() => folder.Dispose();

    /// <summary>The same data, splits, net, batches and bits as the workload that comes with Descent.</summary>
    [Fact]
    public void TheDigitsAsATableAreTheDigits()
    {
        var named = StudyText.Parse(StudyText.Smallest, "epochs=2");
        Assert.Equal(Hash(named.Expand()[0].Settings), Hash(Parse().Expand()[0].Settings));
    }

    [Fact]
    public void AResumedTrainingHasTheSameBits()
    {
        var trial = Parse("workload.layers=[ linear: 16, batch_norm, relu, dropout: 0.2, linear: 10 ]").Expand()[0].Settings;
        Checkpoint? half = null;
        string whole = Hash(trial, told => half = told.Checkpoints[1]);
        Assert.InRange(half!.Step, 1, 89);
        Assert.Equal(whole, Hash(trial, from: half));
    }

    [Fact]
    public void TheIdIsThatOfDataAndNet()
    {
        string id = Parse().Expand()[0].Id;
        Assert.Equal(id, Parse("workload.batch_size=32").Expand()[0].Id);
        Assert.NotEqual(id, Parse("workload.layers=[ linear: 64, tanh, linear: 10 ]").Expand()[0].Id);
        Assert.NotEqual(id, Parse("workload.normalization=standard").Expand()[0].Id);
        Assert.NotEqual(id, Parse("workload.test=20%").Expand()[0].Id);
        Assert.NotEqual(id, Parse("workload.loss=squared_error", "workload.targets=classes").Expand()[0].Id);
        Assert.NotEqual(id, Parse("workload.ignore=[p0]").Expand()[0].Id);
        File.Move(folder["digits.csv"], folder["moved.csv"]);
        Assert.Equal(id, Parse("workload.data=moved.csv").Expand()[0].Id);
        string[] lines = File.ReadAllLines(folder["moved.csv"]);
        File.WriteAllLines(folder["digits.csv"], [lines[0], .. lines[2..], lines[1]]);
        Assert.NotEqual(id, Parse().Expand()[0].Id);
    }

    /// <summary>As a store has it that was written before nets had names.</summary>
    [Fact]
    public void AnOldTextKeepsItsId()
    {
        const string Text = """
            {"workload":"own-digits","problem":{"name":"own-digits","kind":"csv","sha256":"ba6ee5aa91a99912e5e4e601339a3d45bb1c136a5df153daf68d7a8e45a04ce5",
            "label":["digit"],"shape":[1,1,64],"classes":["0","1","2","3","4","5","6","7","8","9"],"train":1797,"test":0,"drawn_test":360,"normalization":"digits",
            "loss":"cross_entropy","layers":[{"layer":"linear","outputs":"64"},{"layer":"relu"},{"layer":"linear","outputs":"10"}]},
            "precision":"float32","epochs":2,"batch_size":32,"order":"shuffled","initialization":"pytorch",
            "optimizer":"adam","hyperparameters":{"learning_rate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"weight_decay":0},"seed":0,"split_seed":0}
            """;
        Assert.Equal("b63b7a70b13fc4c76e12e4658f56d50938c52451fc729efa9498386c09a19e3e", TrialSettingsJson.Read(Text).Id);
        Assert.Equal(Parse().Expand()[0].Settings.Json.Length, TrialSettingsJson.Read(Text).Json.Length);
    }

    [Fact]
    public void ANetMayHaveANameAndTheTextHasIt()
    {
        const int Images = 12;
        double[] pixels = [.. Enumerable.Range(0, Images * 9 * 14 * 3).Select(i => (double)(i % 97))];
        long[] labels = [.. Enumerable.Range(0, Images).Select(i => i % 2L)];
        NpzFile.Write(folder["images.npz"], [NamedArray.Copy<double>("x", [Images, 9, 14, 3], pixels), NamedArray.Copy<long>("y", [Images], labels)]);
        var study = StudyFile.Parse("name: images\nworkload: { data: images.npz, net: cnn }\nseeds: [0]\noptimizers: [adam]", folder["images.yaml"]);
        var trial = study.Expand()[0];
        Assert.Contains("\"loss\":\"cross_entropy\",\"net\":\"cnn\"},\"model\":{\"image_size\":\"9x14\"}", trial.Settings.Json, StringComparison.Ordinal);
        File.Delete(folder["images.npz"]);
        var again = StudyFile.Parse(study.ToYaml(), "again.yaml").Expand()[0];
        Assert.Equal(trial.Id, again.Id);
        Assert.Equal(trial.Id, TrialSettingsJson.Read(trial.Settings.Json).Id);
        Assert.Equal(new Shape(256, 128 * 2 * 3), TrialSettingsJson.Read(trial.Settings.Json).FindWorkload().CreateModel().Parameters.Single(x => x.Name == "classifier.1.weight").Shape);
    }

    [Fact]
    public void TheTextOfATrialAndOfAStudyIsReadBackWithoutTheData()
    {
        var study = Parse("workload.layers=[ linear: 16, relu, residual: { layers: [ linear: 8 ], shortcut: [ linear: 8 ] }, linear: 10 ]", "validation=10%");
        var trial = study.Expand()[0];
        File.Delete(folder["digits.csv"]);
        Assert.Equal(143, study.ValidationCount);
        Assert.Equal(trial.Settings.Json, TrialSettingsJson.Read(trial.Settings.Json).Json);
        Assert.Equal(["0.weight", "0.bias", "2.0.weight"], TrialSettingsJson.Read(trial.Settings.Json).FindWorkload().CreateModel().Parameters.Take(3).Select(x => x.Name));
        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");
        Assert.Equal(trial.Id, again.Expand()[0].Id);
        Assert.Equal(study.ToYaml(), again.ToYaml());
        Assert.Equal($"{folder["digits.csv"]} does not exist.", Assert.Throws<BadInputException>(() => Hash(again.Expand()[0].Settings)).Message);
        File.WriteAllText(folder["digits.csv"], "other data");
        Assert.StartsWith($"{folder["digits.csv"]} has changed: its SHA-256 is not ", Assert.Throws<BadInputException>(() => Hash(again.Expand()[0].Settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWorkloadMayLieInAFileOfItsOwn()
    {
        File.WriteAllText(folder["problem.yaml"], "name: own-digits\ndata: digits.csv\ntest: 360\nnormalization: digits\nlayers: [ linear: 64, relu, linear: 10 ]\n");
        File.WriteAllText(folder["study.yaml"], OwnProblemText.DigitsStudy);
        Assert.Equal("own-digits", WorkloadReader.Find(folder["problem.yaml"]).Name);
        Assert.Equal(64 * 65 + 650, WorkloadReader.Find(folder["study.yaml"]).CreateModel().ParameterCount);
        var study = StudyFile.Parse("workload: problem.yaml\nseeds: [0]\nepochs: 2\noptimizers: [adam]", folder["other.yaml"]);
        Assert.Equal(Parse().Workload.Name, study.Workload.Name);
        Assert.Equal(1437, StudySize.BatchesPerEpoch(study.Expand()[0].Settings with { BatchSize = 1 }));
    }

    [Theory]
    [InlineData("data=", "study.yaml, line 5: data must be a text, got nothing.")]
    [InlineData("data=digits.xls", "data must be a CSV file (.csv), an NPZ file (.npz) or a folder with a folder of PNG pictures for each class, got digits.xls.")]
    [InlineData("data=other.csv", "other.csv does not exist.")]
    [InlineData("layers=[ linear: 64, linear: 9 ]", "layer 2 (linear): the net must end in 10 outputs, for a class each of the data, and ends in 9.")]
    [InlineData("net=cnn", "layers and net both say what the net is; give one of them.")]
    [InlineData("layers=relu", "layers must be a list of layers (- linear: 64), got relu.")]
    [InlineData("label=digitt", "has no column \"digitt\". Did you mean \"digit\"? Known: p0, p1, *")]
    [InlineData("classes=[a, b]", "classes must name the 10 labels of the data in their order (0, 1, 2, 3, 4, …), got 2 names.")]
    [InlineData("labels=digit", "A workload of your own has no key \"labels\". Did you mean \"label\"? Known: name, data, *")]
    [InlineData("label=[p0, digit]", "label: classes stand in one column; several are for numbers, with loss: squared_error.")]
    [InlineData("test=0", "test must be a file, a share of the data (20%), or a count from 1 to 1796, got 0.")]
    [InlineData("test=100%", "test must be a file, a share of the data (20%), or a count from 1 to 1796, got 100%.")]
    [InlineData("test=test.csv", "test.csv does not exist.")]
    [InlineData("normalization=strandard", "There is no normalization \"strandard\". Did you mean \"standard\"? Known: *")]
    [InlineData("normalization=pixel-std", "Normalization pixel-std is for images of 3 channels, these are 64 values.")]
    [InlineData("picture_size=64", "picture_size is for folders of pictures.")]
    [InlineData("augmentation=crop-flip", "augmentation is for images of bytes (PNG pictures, or an array of uint8).")]
    [InlineData("loss=square_error", "There is no loss \"square_error\". Did you mean \"squared_error\"? Known: cross_entropy, squared_error.")]
    [InlineData("targets=numbers", "targets: numbers are told by loss: squared_error.")]
    [InlineData("targets=number", "targets \"number\" does not exist. Did you mean \"numbers\"? Known: classes, numbers.")]
    [InlineData("missing=skip", "missing \"skip\" does not exist. Known: refuse, drop.")]
    [InlineData("name=digits-mlp", "the workload \"digits-mlp\" comes with Descent; give yours another name (name: my-digits-mlp).")]
    [InlineData("name=a/b", "a study's name is letters, digits, \"-\", \"_\" and \".\", at most 100, got \"a/b\".")]
    [InlineData("problem=\"{}\"", "the problem is damaged, or written by another version.")]
    public void AMistakeIsOneSentence(string set, string message)
    {
        string got = Assert.Throws<BadInputException>(() => Parse($"workload.{set}")).Message;
        Assert.Contains(message.Split('*')[0].Replace("study.yaml, line 5: ", "", StringComparison.Ordinal), got, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', got);
    }

    [Fact]
    public void ClassesMayHaveNames() => Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
        TrialSettingsJson.Read(Parse("workload.classes=[a, b, c, d, e, f, g, h, i, j]").Expand()[0].Settings.Json).FindWorkload().Data.ClassNames);

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        Assert.Equal("study.yaml, line 1: a workload of your own needs the key \"data\": a CSV file, an NPZ file or a folder of PNG pictures.",
            StudyText.Mistake("workload: { layers: [ linear: 3 ] }\nseeds: [0]\noptimizers: [adam]"));
        Assert.Equal("study.yaml, line 1: a workload of your own needs its net: layers, as in layers: [ linear: 64, relu, linear: 3 ], or for pictures in colour the name of one, as in net: resnet18.",
            StudyText.Mistake("workload: { data: a.csv }\nseeds: [0]\noptimizers: [adam]"));
        Assert.Equal("study.yaml, line 1: There is no study file /nowhere/a.yaml.", StudyText.Mistake("workload: /nowhere/a.yaml\nseeds: [0]\noptimizers: [adam]"));
    }

    StudyDefinition Parse(params IEnumerable<string> sets) => StudyFile.Parse(OwnProblemText.DigitsStudy, folder["study.yaml"],
        [.. sets.Select(set => StudyOverride.FromSet(set.Replace("=moved.csv", $"={folder["moved.csv"]}", StringComparison.Ordinal)))]);

    static string Hash(TrialSettings trial, Action<RecordingObserver>? look = null, Checkpoint? from = null)
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var run = new WorkloadTrainings(new DataFolder("unused"), TimeProvider.System).Create(trial, executor);
        if (from is not null)
        {
            run.Restore(from);
        }

        var told = new RecordingObserver(step => step % 20 == 7);
        var outcome = run.Run(told, TestContext.Current.CancellationToken);
        look?.Invoke(told);
        return outcome.ParametersHash;
    }
}
