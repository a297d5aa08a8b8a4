using Descent.Data;
using Descent.Formats;
using Descent.Studies.Charts;
using Descent.Studies.Pictures;
using Descent.Studies.Statistics;
using Descent.Tests.Studies.Charts;

namespace Descent.Tests.Studies.Pictures;

public class PictureTests
{
    public static TheoryData<string> Names => [.. PictureCatalog.All.Select(picture => picture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPictureOfAFullStudyIsDrawn(string name)
    {
        var picture = PictureCatalog.Find(name);
        foreach (string[] groups in (string[][])[[], ["optimizer"], ["batch_size", "seed"]])
        {
            var study = GridStudy.Study(groups);
            Assert.Null(picture.Missing(study));
            var figure = picture.Draw(study);
            var drawing = new Drawing(figure);
            Assert.DoesNotContain("no data", drawing.Texts);
            Assert.DoesNotContain("NaN", drawing.Text);
            Assert.NotEqual("", figure.Layout.Title);
            Assert.Equal(figure.ToJson(), Figure.FromJson(figure.ToJson()).ToJson());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatAStudyLacksIsOneSentence(string name)
    {
        var trials = GridStudy.Trials().Take(1).Select(trial => trial with
        {
            State = Descent.Studies.TrialState.Waiting,
            Steps = StepSeries.Empty,
            Epochs = [],
            FinalTestAccuracy = null,
            ReadConfusion = () => null,
            ReadGauges = () => [],
        });
        string sentence = PictureCatalog.Find(name).Missing(new("grid", [.. trials]))!;
        Assert.StartsWith(name, sentence);
        Assert.EndsWith(".", sentence);
        Assert.Contains("grid", sentence);
    }

    [Fact]
    public void AHyperparametersBarsAreTheMeansOverEverythingElse()
    {
        var figure = PictureCatalog.Find("hyperparameter-effects").Draw(GridStudy.Study());
        var bars = figure.Data.Cast<BarTrace>().ToDictionary(bar => bar.Name!);
        Assert.Equal(["optimizer", "learning_rate", "batch_size"], bars.Keys);
        // Of rate 1: sgd's six, and adam's seeds 1 and 2 at batch size 32.
        double[] left = [.. Enumerable.Range(0, 3).SelectMany(seed => new[] { GridStudy.Final("sgd", 1, 32, seed), GridStudy.Final("sgd", 1, 64, seed) }),
            GridStudy.Final("adam", 1, 32, 1), GridStudy.Final("adam", 1, 32, 2)];
        Assert.Equal(left.Average(), bars["learning_rate"].X.Numbers[2], 1e-12);
        Assert.EndsWith("(4 d)", bars["learning_rate"].Text![2]);
        Assert.Equal(GridStudy.Final("sgd", 0.1, 32, 1) - 0.025 + 0.05, bars["learning_rate"].X.Numbers[1], 1e-12);
    }

    [Fact]
    public void DivergedTrialsAreMarkedAtTheirLearningRate()
    {
        var study = new PictureStudy("grid", TrialFilter.Apply(GridStudy.Trials(), [new("batch_size", "32")]));
        var figure = PictureCatalog.Find("learning-rate").Draw(study);
        var mark = Assert.Single(figure.Data.OfType<ScatterTrace>(), trace => trace.Panel == 3);
        Assert.Equal((1.0, "adam", MarkerSymbol.Ring), (mark.X.Numbers[0], mark.Y.Names[0], mark.Marker!.Symbol));
        Assert.Contains("1 of 3 diverged", mark.HoverText![0]);
        var sgd = figure.Data.OfType<ScatterTrace>().Single(trace => trace.Panel == 1 && trace.Name == "sgd" && trace.ShowsLegend);
        Assert.Equal([0.01, 0.1, 1], sgd.X.Numbers.ToArray());
        Assert.Equal(GridStudy.Final("sgd", 0.1, 32, 1), sgd.Y.Numbers[1], 1e-12);
    }

    /// <summary>A search draws every value anew: lines of settings that differ in nothing else would be single points.</summary>
    [Fact]
    public void OfASearchTheTrialsOfAnOptimizerAreOneLine()
    {
        var trials = GridStudy.Trials().Where(trial => trial.Seed == 1).Select((trial, i) => trial with
        {
            Settings = [new("learning_rate", trial.Settings[0].Value), new("weight_decay", $"0.{i + 10}")],
        });
        var figure = PictureCatalog.Find("learning-rate").Draw(new PictureStudy("search", [.. trials]));
        var lines = figure.Data.OfType<ScatterTrace>().Where(trace => trace.Panel == 1 && trace.Mode == ScatterMode.LinesAndMarkers).ToList();
        Assert.Equal(["sgd", "adam"], lines.Select(line => line.Name));
        Assert.Equal([0.01, 0.1, 1], lines[0].X.Numbers.ToArray());
        // Two batch sizes of each rate: (0.51 + 0.46) / 2, 0.2 more at 0.1.
        Assert.Equal([0.485, 0.685, 0.485], lines[0].Y.Numbers.ToArray(), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.StartsWith("Means over the complete trials of an optimizer that have the value, whatever else they have; ", figure.Layout.Subtitle, StringComparison.Ordinal);
    }

    /// <summary>A rule without a learning rate, or with one, has no table over it, and none is drawn.</summary>
    [Fact]
    public void AHeatMapIsOfOptimizersThatHaveBothKeys()
    {
        var picture = PictureCatalog.Find("heat-map");
        var lone = GridStudy.Trials()[0] with { Id = "lone", Optimizer = "lbfgs", Settings = [new("history_size", "10")], AllSettings = [new("history_size", "10")] };
        var figure = picture.Draw(new PictureStudy("grid", [lone, .. GridStudy.Trials()]));
        Assert.Equal(["sgd: after the last step", "sgd: of the best epoch", "adam: after the last step", "adam: of the best epoch"], figure.Layout.Panels.Select(panel => panel.Title));
        // Each optimizer varies one key, and not the same.
        var apart = GridStudy.Trials().Where(trial => trial.Settings[trial.Optimizer == "sgd" ? 0 : 1].Value is "0.1" or "32");
        Assert.StartsWith("heat-map needs several values of two hyperparameters of an optimizer, and grid has ", picture.Missing(new("grid", [.. apart])), StringComparison.Ordinal);
    }

    /// <summary>Budgets in steps end at different epochs: each setting has its own quarter, half and end.</summary>
    [Fact]
    public void WithoutCheckpointsBarsAreAtTheQuartersOfEachBudget()
    {
        var trials = GridStudy.Trials().Where(trial => trial.Optimizer == "sgd").Select(trial => trial.Settings[0].Value != "0.1" ? trial
            : trial with { Epochs = [.. trial.Epochs.Take(5)] });
        var bars = PictureCatalog.Find("checkpoint-bars").Draw(new PictureStudy("grid", [.. trials])).Data.OfType<BarTrace>().Where(bar => bar.Panel == 2).ToList();
        Assert.Equal(["a quarter", "half", "the end"], bars.Select(bar => bar.Name));
        int longer = bars[0].Y.Names.IndexOf("sgd learning_rate=0.01 batch_size=32"), shorter = bars[0].Y.Names.IndexOf("sgd learning_rate=0.1 batch_size=32");
        // Of ten evaluations those after epochs 2, 4 and 9, of five after 1, 2 and 4; each epoch before the ninth costs 0.01.
        Assert.Equal([0.44, 0.46, 0.51], bars.Select(bar => Math.Round(bar.X.Numbers[longer], 12)));
        Assert.Equal([0.63, 0.64, 0.66], bars.Select(bar => Math.Round(bar.X.Numbers[shorter], 12)));
    }

    /// <summary>Cells are means over the seeds, of complete trials alone; a diverged one is marked.</summary>
    [Fact]
    public void ACellOfAHeatMapIsTheMeanOfItsTwoValues()
    {
        var study = GridStudy.Study();
        var figure = PictureCatalog.Find("heat-map").Draw(study);
        Assert.Equal(["sgd: after the last step", "sgd: of the best epoch", "adam: after the last step", "adam: of the best epoch"], figure.Layout.Panels.Select(panel => panel.Title));
        var maps = figure.Data.Cast<HeatmapTrace>().ToList();
        Assert.Equal(["0.01", "0.1", "1"], maps[0].Y.Names.ToArray());
        Assert.Equal(["32", "64"], maps[0].X.Names.ToArray());
        Assert.Equal(GridStudy.Final("sgd", 0.1, 64, 1), maps[0].Z[1].Numbers[1], 1e-12);
        // Of rate 1 and batch size 32 adam's seeds 1 and 2 are complete, of batch size 64 none.
        Assert.Equal((GridStudy.Final("adam", 1, 32, 1) + GridStudy.Final("adam", 1, 32, 2)) / 2, maps[2].Z[2].Numbers[0], 1e-12);
        Assert.Equal(["61.5×", "×"], maps[2].Text[2]);
        Assert.True(double.IsNaN(maps[2].Z[2].Numbers[1]));
        Assert.All(maps, map => Assert.Equal((maps[0].Minimum, maps[0].Maximum), (map.Minimum, map.Maximum)));
    }

    /// <summary>Where seeds took different numbers of gradients to a step, the line is at their mean.</summary>
    [Fact]
    public void OverGradientsAllGradientsOfAStepCount()
    {
        var trials = TrialFilter.Apply(GridStudy.Trials(), [new("optimizer", "sgd"), new("learning_rate", "0.1")]).Select(trial => trial with
        {
            Epochs = [.. trial.Epochs.Select(point => point with { Gradients = trial.Seed == 2 ? double.NaN : point.Step * (trial.Seed == 1 ? 4 : 1) })],
        });
        var figure = PictureCatalog.Find("over-gradients").Draw(new("grid", [.. trials]));
        var line = figure.Data.OfType<ScatterTrace>().Single(trace => trace.Panel == 2 && trace.ShowsLegend && trace.Name!.EndsWith("32", StringComparison.Ordinal));
        // At steps 0, 10, 20, … gradients 1, 4 and, not counted but one a step, 1 times as many; batches of 32.
        Assert.Equal([0, 10 * 2 * 32, 20 * 2 * 32], line.X.Numbers[..3].ToArray());
        Assert.Equal(GridStudy.Final("sgd", 0.1, 32, 1), line.Y.Numbers[^1], 1e-12);
        Assert.Equal("over-gradients needs complete trials whose gradients were counted, and grid has none: trials of rules in the catalog count them when they are run.",
            PictureCatalog.Find("over-gradients").Missing(new("grid", [.. trials.Select(trial => trial with { ReadCost = () => null })])));
    }

    [Fact]
    public void AHeatMapOfOneHyperparameterIsRefused() => Assert.Equal(
        "heat-map needs several values of two hyperparameters of an optimizer, and grid has those of learning_rate alone: give two keys a list each.",
        PictureCatalog.Find("heat-map").Missing(new("grid", TrialFilter.Apply(GridStudy.Trials(), [new("batch_size", "32")]))));

    [Fact]
    public void TheBandIsTheOneThatIsAskedFor()
    {
        var study = new PictureStudy("grid", TrialFilter.Apply(GridStudy.Trials(), [new("optimizer", "sgd"), new("batch_size", "32")])) { Band = SeedBand.Deviation };
        var figure = PictureCatalog.Find("seed-bands").Draw(study);
        var edges = figure.Data.OfType<ScatterTrace>().Where(trace => trace.Panel == 3).Take(3).Select(trace => trace.Y.Numbers[^1]).ToArray();
        // Of 0.50, 0.51, 0.52 the standard deviation (n − 1) is 0.01.
        Assert.Equal([0.50, 0.52, 0.51], edges.Select(value => Math.Round(value, 12)));
        Assert.Contains("one standard deviation (n − 1)", figure.Layout.Subtitle);
    }

    /// <summary>Of the best setting, adam at rate 0.1 and batch size 32: rows 90, 91, 92 of 100 and 30 of 50 a seed.</summary>
    [Fact]
    public void AConfusionMatrixIsTheSumOverTheSeedsOfTheBestSetting()
    {
        var figure = PictureCatalog.Find("confusion-matrix").Draw(GridStudy.Study());
        Assert.Equal("Confusion matrix of adam learning_rate=0.1 batch_size=32", figure.Layout.Title);
        var map = Assert.IsType<HeatmapTrace>(Assert.Single(figure.Data));
        Assert.Equal(["273", "27"], map.Text[0]);
        Assert.Equal(["60", "90"], map.Text[1]);
        Assert.Equal(0.91, map.Z[0].Numbers[0], 1e-12);
        Assert.Equal(["cat", "dog"], map.X.Names.ToArray());
    }

    [Fact]
    public void TheAccuracyOfAClassIsTheMeanOverTheSeeds()
    {
        var map = (HeatmapTrace)PictureCatalog.Find("class-accuracy").Draw(GridStudy.Study()).Data[0];
        Assert.Equal("adam learning_rate=0.1 batch_size=32", map.Y.Names[0]);
        Assert.Equal(["91.0", "60.0"], map.Text[0]);
        Assert.Equal(11, map.Y.Count);
    }

    /// <summary>Settings are told apart by the end of their names, so none is cut.</summary>
    [Fact]
    public void LongNamesOfSettingsStandWholeAboveThePanel()
    {
        string name = $"a rule with a long name{new string('!', 30)} learning_rate=";
        ScatterTrace[] lines = [.. new[] { "0.1", "0.01" }.Select(rate => new ScatterTrace { Name = name + rate, X = new double[] { 0, 1 }, Y = new double[] { 1, 2 } })];
        var drawing = new Drawing(new() { Data = lines, Layout = new() { Panels = [new()] } });
        Assert.Contains(name + "0.1", drawing.Texts);
        Assert.Contains(name + "0.01", drawing.Texts);
        lines = [.. lines.Select((line, i) => line with { Name = $"sgd {i}" })];
        Assert.Contains("sgd 1", new Drawing(new() { Data = lines, Layout = new() { Panels = [new()] } }).Texts);
    }

    [Fact]
    public void TheBrightestValueOfADataSetIsWhite()
    {
        var figure = ImageGrid.Draw(DataCatalog.Find("digits").Load(new DataFolder("unused")), count: 1);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["digit.png"], Convert.FromBase64String(figure.Layout.Panels[0].Images[0].Source.Split(',')[1]));
        var pixels = PngFile.Read(folder["digit.png"]).Pixels;
        var digit = DataCatalog.Find("digits").Load(new DataFolder("unused")).Train.Image(0).ToArray();
        Assert.Equal(digit.Select(value => (byte)(value * 255 / 16)), pixels);
        Assert.Contains("Values from 0 to 16", figure.Layout.Subtitle, StringComparison.Ordinal);
    }
}
