using System.Text;
using System.Text.Json;
using Descent.Analysis;
using Descent.Formats;
using Descent.Layers;
using Descent.Studies.Charts;
using Descent.Studies.Definition;
using Descent.Studies.Pictures;
using Descent.Studies.Results;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Tests.Studies.Definition;

namespace Descent.Tests.Studies.Running;

/// <summary>The key <c>gauges</c> of a study, and what becomes of the readings.</summary>
public class StudyGaugesTests
{
    const string Both = "gauges={ gradients: 10, sharpness: { every: 200, data: train:0-99, mode: training } }";

    [Fact]
    public void TheyAreReadWithTheirDefaultsWrittenOut()
    {
        var study = StudyText.Parse(StudyText.Smallest, Both);
        Assert.Equal("gradients every=10; sharpness every=200, data=train:0-99, mode=training", StudyGauges.Short(study.Gauges));
        Assert.Equal([new GradientGauge(10), new SharpnessGauge(200, 0, 99, Mode.Training)], WorkloadTrainings.Settings(study.Expand()[0].Settings).Gauges);

        // The digits have 1,437 training images, fewer than the 2,000 of the default.
        study = StudyText.Parse(StudyText.Smallest, "gauges.sharpness=5", "gauges.sharpness.mode=evaluation", "gauges.gradients.every=3");
        Assert.Equal("gradients every=3; sharpness every=5, data=train:0-1436", StudyGauges.Short(study.Gauges));
        study = StudyText.Parse(StudyText.Smallest, "gauges={ activations: { every: 9, data: train:1-3 } }");
        Assert.Equal([new ActivationGauge(9, 1, 3)], WorkloadTrainings.Settings(study.Expand()[0].Settings).Gauges);
        Assert.Equal(study.Expand()[0].Id, StudyFile.Parse(study.ToYaml(), "again.yaml").Expand()[0].Id);
        Assert.Equal("sharpness every=7, data=train:0-1336", StudyGauges.Short(StudyText.Parse(StudyText.Smallest, "validation=100", "gauges.sharpness.every=7").Gauges));
        Assert.Equal("sharpness every=7, data=train:0-49", StudyGauges.Short(StudyText.Parse(StudyText.Smallest, "data=train:100-149", "gauges={ sharpness: { every: 7, data: train } }").Gauges));
    }

    [Fact]
    public void TheyArePartOfATrialAndOfItsFile()
    {
        var (plain, gauged) = (StudyText.Parse(StudyText.Smallest), StudyText.Parse(StudyText.Smallest, Both));
        var trial = gauged.Expand()[0];
        Assert.NotEqual(plain.Expand()[0].Id, trial.Id);
        Assert.DoesNotContain("gauges", plain.Expand()[0].Settings.Json, StringComparison.Ordinal);
        Assert.Contains("\"gauges\":{\"gradients.every\":10,\"sharpness.every\":200,\"sharpness.data\":\"train:0-99\",\"sharpness.mode\":\"training\"}", trial.Settings.Json, StringComparison.Ordinal);
        Assert.Equal(trial.Settings, TrialSettingsJson.Read(trial.Settings.Json));
        Assert.Equal(trial.Id, StudyFile.Parse(gauged.ToYaml(), "again.yaml").Expand()[0].Id);
    }

    [Theory]
    [InlineData("gauges=100", "gauges must be keys with values, got 100.")]
    [InlineData("gauges={ sharpnes: 100 }", "gauges has no key \"sharpnes\". Did you mean \"sharpness\"? Known: gradients, sharpness, activations.")]
    [InlineData("gauges={ activations: { every: 5, mode: training } }", "gauges: activations has no key \"mode\".")]
    [InlineData("gauges={ sharpness: { data: train } }", "gauges: sharpness needs the key \"every\": steps from one reading to the next, as in { every: 100 }.")]
    [InlineData("gauges={ sharpness: { every: 0 } }", "gauges: sharpness: every must be a whole number of at least 1, got 0.")]
    [InlineData("gauges={ gradients: { every: 5, data: train } }", "gauges: gradients has no key \"data\".")]
    [InlineData("gauges={ sharpness: { every: 5, data: test } }", "gauges: sharpness: data must be a part of train (as in train:0-1999), counted in what is trained on, got test.")]
    [InlineData("gauges={ sharpness: { every: 5, data: train:0-2000 } }", "gauges: sharpness: data must lie in 0-1436 (1437 images are trained on), got train:0-2000.")]
    [InlineData("gauges={ sharpness: { every: 5, data: train:0-1437 } }", "gauges: sharpness: data must lie in 0-1436 (1437 images are trained on), got train:0-1437.")]
    [InlineData("gauges={ sharpness: { every: 5, mode: train } }", "gauges: sharpness: mode \"train\" does not exist.")]
    public void MistakesAreSaidWhereTheyStand(string set, string sentence) =>
        Assert.StartsWith($"--set {set}: {sentence}", StudyText.Mistake(StudyText.Smallest, set), StringComparison.Ordinal);

    [Fact]
    public void ReadingsAreStoredThroughAStopAndExported()
    {
        using var fixture = new RunnerFixture(Both);
        using var straight = new RunnerFixture(Both);
        fixture.RunUntil(seed: 0, step: 15);
        _ = fixture.Run(new FakeTrainings());
        _ = straight.Run(new FakeTrainings());
        Assert.Equal(straight.Dump(), fixture.Dump());

        string id = fixture.Trials[0].Id;
        var gauges = fixture.Store.Gauges(id);
        Assert.Equal(["gradients", "sharpness"], gauges.Select(x => x.Gauge));
        Assert.Equal([4, 8, 12, 16, 20, 24, 28], gauges[0].Steps);
        Assert.Equal([0.25, double.NaN, 1 / 12.0, 1 / 16.0, 0.05, 1 / 24.0, 1 / 28.0], gauges[0]["update_ratio.weight"]);
        Assert.Equal(fixture.Store.Steps(id).Loss.ToArray()[3], gauges[0]["gradient_norm.weight"]![0]);
        Assert.Equal(1.75, gauges[0].Seconds.Sum());
        Assert.Null(gauges[0]["sharpness"]);

        var study = fixture.Store.Study("study")!;
        using var csv = new StringWriter();
        CsvExport.Write(fixture.Store, study, csv);
        string[] lines = csv.ToString().Split('\n');
        Assert.EndsWith(",seconds,gradient_norm.weight,update_ratio.weight,gauge_seconds.gradients,sharpness,stability_limit,sharpness_ratio,gauge_seconds.sharpness", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",,,,3,4,0.75,1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(FormattableString.Invariant($",{gauges[0]["gradient_norm.weight"]![0]:R},0.25,0.25,,,,"), lines[5], StringComparison.Ordinal);
        Assert.EndsWith(",,0.25,,,,", lines[9], StringComparison.Ordinal);
        Assert.All(lines[..^1], line => Assert.Equal(lines[0].Count(letter => letter == ','), line.Count(letter => letter == ',')));

        using var stream = new MemoryStream();
        JsonExport.Write(fixture.Store, study, stream);
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        var read = document.RootElement.GetProperty("trials")[0].GetProperty("gauges").GetProperty("gradients");
        Assert.Equal(gauges[0].Steps, read.GetProperty("step").EnumerateArray().Select(x => x.GetInt64()));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("update_ratio.weight")[1].ValueKind);

        using var file = new MemoryStream();
        NpzExport.Write(fixture.Store, study, file);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["study.npz"], file.ToArray());
        var arrays = NpzFile.Read(folder["study.npz"]).ToDictionary(array => array.Name);
        Assert.Equal(gauges[0].Steps, arrays["adam seed 0/gauges/gradients/step"].Values<long>().ToArray());
        Assert.Equal([0.75], arrays["adam seed 0/gauges/sharpness/sharpness_ratio"].Values<double>().ToArray());

        TensorBoardExport.Write(fixture.Store, study, folder["boards"]);
        string events = Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(folder["boards"], "*", SearchOption.AllDirectories).Single()));
        Assert.Contains("sharpness/stability_limit", events, StringComparison.Ordinal);
        Assert.Equal(6, events.Split("gradients/update_ratio.weight").Length - 1);
    }

    [Fact]
    public void TheirCostAndTheirPicturesAreOfTheReadings()
    {
        using var fixture = new RunnerFixture(Both, "seeds=0,1");
        _ = fixture.Run(new FakeTrainings());
        var trials = StoredResults.Trials(fixture.Store, fixture.Store.Study("study")!);
        Assert.Equal([("gradients", 14, 3.5), ("sharpness", 2, 2.0)], GaugeCost.Of(trials).Select(x => (x.Gauge, x.Readings, x.Seconds)));

        var study = new PictureStudy("study", trials);
        var sharpness = PictureCatalog.Find("sharpness").Draw(study);
        Assert.Equal(2, sharpness.Layout.Panels.Count);
        Assert.Contains(sharpness.Data, trace => trace.Name == "limit");
        var layers = PictureCatalog.Find("layer-gradients").Draw(study);
        Assert.Equal(["weight", "weight"], layers.Data.Select(trace => trace.Name));
        GaugeSeries read = new("activations", [0, 10], [new("dead_units.fc1", [0.25, 0.5]), new("dead_units.fc2", [0, double.NaN])], [1, 1]);
        var dead = PictureCatalog.Find("dead-units").Draw(new PictureStudy("study", [.. trials.Select(trial => trial with { ReadGauges = () => [read] })]));
        Assert.Equal(["fc1: 25, 50", "fc2: 0"], dead.Data.Select(trace => $"{trace.Name}: {string.Join(", ", ((ScatterTrace)trace).Y.Numbers.ToArray())}"));
        Assert.Equal([(0.0, 100.0)], dead.Layout.Panels.Select(panel => (panel.Y.Minimum!.Value, panel.Y.Maximum!.Value)));

        using var plain = new RunnerFixture();
        _ = plain.Run(new FakeTrainings());
        var bare = new PictureStudy("study", StoredResults.Trials(plain.Store, plain.Store.Study("study")!));
        Assert.Equal("sharpness needs what the gauge sharpness reads, and no trial of study has recorded it: gauges: { sharpness: { every: 100 } } in the study.",
            PictureCatalog.Find("sharpness").Missing(bare));
        Assert.Empty(plain.Store.Gauges(plain.Trials[0].Id));
    }
}
