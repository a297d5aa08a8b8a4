using System.Text.Json;
using System.Text.RegularExpressions;
using Descent.App.Commands;
using Descent.Formats;
using Descent.Studies;
using Descent.Studies.Definition;
using Microsoft.Data.Sqlite;

namespace Descent.Tests.App;

/// <summary>A study from its first run to its deletion, through the commands.</summary>
public sealed class StudyCommandTests : IDisposable
{
    static readonly string[] quick = ["run", "quickstart", "--set", "epochs=2", "--seeds", "0,1"];

    readonly TemporaryFolder folder = new();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ASecondRunDoesNothing()
    {
        var first = Descent.Run([.. quick, "--json"]).MustSucceed().JsonLines();
        Assert.Equal(13, first.Count);
        Assert.All(first.Take(12), x => Assert.Equal("complete", x.GetProperty("state").GetString()));
        Assert.Equal((12, 0), Run(first[12]));
        var second = Descent.Run([.. quick, "--json"]).MustSucceed().JsonLines();
        Assert.Equal((0, 12), Run(Assert.Single(second)));
        Assert.Equal(first[12].GetProperty("settings").GetRawText(), second[0].GetProperty("settings").GetRawText());

        static (int Ended, int AlreadyDone) Run(JsonElement summary) => (summary.GetProperty("run").GetProperty("ended").GetInt32(),
            summary.GetProperty("run").GetProperty("already_done").GetInt32());
    }

    [Fact]
    public void PlainOutputIsALineATrialThenTheTable()
    {
        string output = Descent.Run(quick).MustSucceed().Output;
        Assert.DoesNotContain('\e', output);
        Assert.Equal(12, Regex.Count(output, @"\n\[ ?\d+/12\] .* seed [01]: test accuracy \d+\.\d\d %, best \d+\.\d\d %, "));
        Assert.Matches(@"\n sgd with momentum +\d+\.\d\d ± +\d+\.\d\d +\d+\.\d\d ± +\d+\.\d\d ", output);
        Assert.Matches(@"learning_rate=\S+ momentum=0\.9 nesterov=true", output);
        Assert.Equal(Table(output), Table(Descent.Run("show", "quickstart").MustSucceed().Output));

        static string Table(string output) =>
            output[output.IndexOf("Test accuracy", StringComparison.Ordinal)..].Split("\n\n")[0].TrimEnd();
    }

    [Fact]
    public void PaintedProgressGoesAwayAndLeavesTheTable()
    {
        string output = new DescentCommand(folder.Path) { CanPaint = true }.Run(quick).MustSucceed().Output;
        Assert.Contains('\e', output);
        Assert.DoesNotContain("[ 1/12]", output);
        Assert.Contains("Optimizer", output[output.LastIndexOf('\e')..]);
    }

    [Fact]
    public void DivergedIsAResultThatIsSaid()
    {
        var outcome = Descent.Run("run", "quickstart", "--seeds", "0", "--epochs", "1", "--set", "optimizer.sgd.learning_rate=1e30")
            .MustSucceed();
        Assert.Matches(@"sgd .*seed 0: diverged at step \d+\n", outcome.Output);
        Assert.Matches(@"\n sgd seed 0 diverged at step \d+\.\n", outcome.Output);
    }

    [Fact]
    public void CancelledEndsWith130AndTheNextRunGoesOn()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var outcome = new DescentCommand(folder.Path) { Cancellation = cancelled.Token }.Run(quick);
        Assert.Equal(130, outcome.Code);
        Assert.EndsWith("\nCancelled; everything until now is stored. The same command goes on.\n", outcome.Error);
        Assert.Equal(13, Descent.Run([.. quick, "--json"]).MustSucceed().JsonLines().Count);
    }

    [Fact]
    public void ShowListsStudiesAndTrials()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        var study = Descent.Run("show", "--json").MustSucceed().Json().EnumerateArray().Single();
        Assert.Equal(("quickstart", 12, 12), (study.GetProperty("study").GetString(), study.GetProperty("trials").GetInt32(),
            study.GetProperty("complete").GetInt32()));
        var trials = Descent.Run("show", "quickstart", "--trials", "--json").MustSucceed().Json().GetProperty("trial_results")
            .EnumerateArray().ToList();
        Assert.Equal(12, trials.Count);
        string table = Descent.Run("show", "quickstart", "--trials").MustSucceed().Output;
        Assert.All(trials, x => Assert.Contains($" {x.GetProperty("id").GetString()![..8]} ", table));
    }

    [Fact]
    public void ATrialOfAStudyIsEvaluatedToWhatItStored()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        var trial = Descent.Run("show", "quickstart", "--trials", "--json").Json().GetProperty("trial_results")[3];
        string id = trial.GetProperty("id").GetString()!;
        var evaluated = Descent.Run("evaluate", $"quickstart/{id[..10]}@latest", "--json").MustSucceed().Json();
        Assert.Equal(trial.GetProperty("final_test_accuracy").GetDouble(), evaluated.GetProperty("accuracy").GetDouble());
        Assert.Equal((id, 90), (evaluated.GetProperty("trial_id").GetString(), evaluated.GetProperty("step").GetInt32()));
    }

    [Fact]
    public void TheBestAndTheKeptEpochsOfATrialAreEvaluated()
    {
        _ = Descent.Run([.. quick, "--quiet", "--set", "validation=200", "--set", "checkpoints=[1]", "--set", "optimizer.learning_rate=1"]).MustSucceed();
        string id = Descent.Run("show", "quickstart", "--trials", "--json").Json().GetProperty("trial_results")[0].GetProperty("id").GetString()!;
        var exported = Descent.Run("export", "quickstart", "--format", "json").Json().GetProperty("trials").EnumerateArray()
            .Single(x => x.GetProperty("trial").GetString() == id).GetProperty("epochs").EnumerateArray().Skip(1)
            .Select(x => x.GetProperty("validation_accuracy").GetDouble()).ToList();
        Assert.Equal(exported.Max(), Accuracy("best"));
        Assert.Equal(exported[0], Accuracy("epoch=1"));
        Assert.Equal(exported[1], Accuracy("latest"));
        Assert.Equal($"quickstart/{id}@epoch=2: the parameters after epoch 2 are not kept; kept are those after 1. "
            + "A study asks for them before it runs: checkpoints: [2].\n", Descent.Run("evaluate", $"quickstart/{id}@epoch=2").Error);

        double Accuracy(string which) => Descent.Run("evaluate", $"quickstart/{id}@{which}", "--split", "validation", "--json").MustSucceed().Json()
            .GetProperty("accuracy").GetDouble();
    }

    [Fact]
    public void WeightsFromElsewhereAreEvaluatedWithTheOptionsOfTheirModel()
    {
        double expected = Descent.Run([.. "train digits-mlp --optimizer adam --steps 20 --set model.hidden=[20] --save a.npz --json".Split(' ')]).MustSucceed()
            .JsonLines()[^1].GetProperty("test_accuracy").GetDouble();
        string[] evaluate = ["evaluate", "a.npz", "--workload", "digits-mlp", "--json"];
        Assert.Equal(expected, Descent.Run([.. evaluate, "--set", "model.hidden=[20]"]).MustSucceed().Json().GetProperty("accuracy").GetDouble());
        Assert.Equal((2, $"{folder["a.npz"]} does not fit the model; of another shape: fc1.weight [20, 64] (needed [64, 64]), fc1.bias [20] (needed [64]), "
            + "fc2.weight [10, 20] (needed [10, 64]).\n"), (Descent.Run(evaluate).Code, Descent.Run(evaluate).Error));
    }

    [Fact]
    public void WhatATrialDoesNotKeepIsSaid()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        string id = Descent.Run("show", "quickstart", "--trials", "--json").Json().GetProperty("trial_results")[0].GetProperty("id").GetString()!;
        foreach (var (which, message) in new[]
        {
            ("best", "the trial is complete and has no best one: the best is chosen by images for validation, and its study sets none apart (validation: 5000)."),
            ("epoch=1", "the parameters after epoch 1 are not kept; none are. A study asks for them before it runs: checkpoints: [1]."),
            ("epoch=x", "of a trial there is @best, @latest or @epoch=10, not @epoch=x."),
            ("last", "of a trial there is @best, @latest or @epoch=10, not @last."),
        })
        {
            var outcome = Descent.Run("evaluate", $"quickstart/{id}@{which}");
            Assert.Equal((2, $"quickstart/{id}@{which}: {message}\n"), (outcome.Code, outcome.Error));
        }
    }

    [Fact]
    public void EvaluateFindsWhatTrainMeasured()
    {
        var trained = Descent.Run("train", "digits-mlp", "--optimizer", "adam", "--epochs", "2", "--save", "a.safetensors", "--json")
            .MustSucceed().JsonLines()[^1];
        foreach (var (split, loss, accuracy) in new[] { ("test", "test_loss", "test_accuracy"),
            ("train", "final_train_loss", "train_accuracy") })
        {
            var found = Descent.Run("evaluate", "a.safetensors", "--split", split, "--json").MustSucceed().Json();
            Assert.Equal(trained.GetProperty(loss).GetDouble(), found.GetProperty("loss").GetDouble());
            Assert.Equal(trained.GetProperty(accuracy).GetDouble(), found.GetProperty("accuracy").GetDouble());
            int[][] matrix = [.. found.GetProperty("confusion_matrix").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(x => x.GetInt32()).ToArray())];
            Assert.Equal(split == "test" ? 360 : 1437, matrix.Sum(row => row.Sum()));
            Assert.Equal(matrix.Select((row, label) => row[label] / (double)row.Sum()),
                found.GetProperty("class_accuracy").EnumerateArray().Select(x => x.GetDouble()));
        }
    }

    [Fact]
    public void TrainGivesTheBitsOfTheTrialWithTheSameSettings()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        var trial = Descent.Run("show", "quickstart", "--trials", "--json").Json().GetProperty("trial_results").EnumerateArray()
            .Single(x => x.GetProperty("optimizer").GetString() == "rmsprop" && x.GetProperty("seed").GetInt32() == 1);
        string rate = trial.GetProperty("settings").GetProperty("learning_rate").GetRawText();
        var trained = Descent.Run("train", "digits-mlp", "--optimizer", "rmsprop", "--set", $"learning_rate={rate}", "--epochs", "2",
            "--seed", "1", "--json")
            .MustSucceed().JsonLines()[^1];
        Assert.Equal(trial.GetProperty("id").GetString(), trained.GetProperty("trial_id").GetString());
        Assert.Equal(trial.GetProperty("final_train_loss").GetDouble(), trained.GetProperty("final_train_loss").GetDouble());
    }

    [Fact]
    public void DryRunPlansAndStoresNothing()
    {
        var plan = Descent.Run([.. quick, "--dry-run", "--json"]).MustSucceed().Json();
        Assert.Equal((12, 0, 90, 45, 32), (plan.GetProperty("trials").GetInt32(), plan.GetProperty("done").GetInt32(),
            plan.GetProperty("steps_per_trial").GetInt32(), plan.GetProperty("batches_per_epoch").GetInt32(),
            plan.GetProperty("effective_batch").GetInt32()));
        Assert.True(plan.GetProperty("estimated_seconds").GetDouble() > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        Assert.Contains("12 done, 0 to run", Descent.Run([.. quick, "--dry-run"]).MustSucceed().Output);
    }

    [Theory]
    [InlineData("--physical-batch 8", "effective batch 8 × 4 = 32\n", 8)]
    [InlineData("--physical-batch 12", "effective batch 12 × 2 + 8 = 32\n", 12)]
    [InlineData("--physical-batch 64", "effective batch 32\n", 32)]
    public void DryRunSaysHowTheBatchIsMade(string option, string text, int physical)
    {
        string[] arguments = [.. quick, "--dry-run", .. option.Split(' ')];
        Assert.Contains(text, Descent.Run(arguments).MustSucceed().Output);
        var plan = Descent.Run([.. arguments, "--json"]).MustSucceed().Json();
        Assert.Equal((physical, 32), (plan.GetProperty("physical_batch").GetInt32(), plan.GetProperty("effective_batch").GetInt32()));
    }

    [Fact]
    public void DryRunListsBatchesOfSeveralSizes()
    {
        string[] arguments = [.. quick, "--dry-run", "--set", "batch_size=[50%, 10%]", "--physical-batch", "256"];
        string page = Descent.Run(arguments).MustSucceed().Output;
        Assert.Contains("22 steps, 11 batches an epoch, effective batch 143 (12 trials)\n", page);
        Assert.Contains("6 steps, 3 batches an epoch, effective batch 256 × 2 + 206 = 718 (12 trials)\n", page);
        var batches = Descent.Run([.. arguments, "--json"]).MustSucceed().Json().GetProperty("batches").EnumerateArray().ToList();
        Assert.Equal([(143, 143, 22), (718, 256, 6)], batches.Select(x => (x.GetProperty("batch_size").GetInt32(), x.GetProperty("physical_batch").GetInt32(),
            x.GetProperty("steps").GetInt32())));
    }

    [Fact]
    public void QuickIsAStudyOfItsOwnThatSaysSo()
    {
        string output = Descent.Run("run", "quickstart", "--quick", "--epochs", "1").MustSucceed().Output;
        Assert.Contains("(Quick form, not the study itself: epochs 5, seeds [0].)", output);
        Assert.Contains("(Quick form, not the study itself: epochs 5, seeds [0].)", File.ReadAllText(folder[".descent/reports/quickstart-quick.html"]));
        Assert.Contains(" quickstart-quick ", Descent.Run("show").MustSucceed().Output);
    }

    [Fact]
    public void ExportGoesToTheOutputOrToAFile()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        string csv = Descent.Run("export", "quickstart", "--format", "csv").MustSucceed().Output;
        // 12 trials of 90 steps and the evaluation before the first, and the names of the columns.
        Assert.Equal(1 + (12 * 91), csv.Count(x => x == '\n'));
        Assert.Equal($"Wrote {folder["out.csv"]}\n", Descent.Run("export", "quickstart", "-o", "out.csv").MustSucceed().Output);
        Assert.Equal(csv, File.ReadAllText(folder["out.csv"]));
        var json = Descent.Run("export", "quickstart", "--format", "json").MustSucceed().Json();
        Assert.Equal(12, json.GetProperty("trials").GetArrayLength());
        Assert.Equal(json.GetRawText(), Descent.Run("export", "quickstart", "--json").MustSucceed().Json().GetRawText());
    }

    [Fact]
    public void TheReportIsWrittenWhereItIsAskedFor()
    {
        string output = Descent.Run(quick).MustSucceed().Output;
        string path = folder[".descent/reports/quickstart.html"];
        Assert.EndsWith($"\nReport: {path}\n", output);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Report:", Descent.Run([.. quick, "--no-report"]).MustSucceed().Output);
        Assert.Equal(folder["a.html"], Descent.Run([.. quick, "--json", "--report", "a.html"]).MustSucceed().Json().GetProperty("run")
            .GetProperty("report").GetString());
        Assert.True(File.Exists(folder["a.html"]));
        Assert.Equal($"{folder["b.html"]}\n", Descent.Run("report", "quickstart", "-o", "b.html").MustSucceed().Output);
        Assert.True(File.Exists(folder["b.html"]));
    }

    [Fact]
    public void DeleteAsksAndRemovesEverything()
    {
        _ = Descent.Run([.. quick, "--quiet"]).MustSucceed();
        Descent.Run("delete", "quickstart").MustRefuse("descent delete asks before it deletes, and nobody can answer here: add --yes.");
        var refused = new DescentCommand(folder.Path) { CanAsk = true, Input = "n\n" }.Run("delete", "quickstart");
        Assert.Equal((130, "Nothing was deleted.\n"), (refused.Code, refused.Error));
        Assert.Contains("quickstart", Descent.Run("show").MustSucceed().Output);
        Assert.EndsWith("[y/N] Deleted study quickstart with 12 of its 12 trials.\n",
            new DescentCommand(folder.Path) { CanAsk = true, Input = "y\n" }.Run("delete", "quickstart").MustSucceed().Output);
        Assert.Equal("The store has no study yet. Begin with: descent run quickstart\n", Descent.Run("show").MustSucceed().Output);
        Assert.Empty(Directory.EnumerateDirectories(folder[".descent/checkpoints"]));
    }

    [Theory]
    [InlineData(TrialState.Complete, false, 0)]
    [InlineData(TrialState.Diverged, false, 0)]
    [InlineData(TrialState.Failed, false, 1)]
    [InlineData(TrialState.Failed, true, 130)]
    [InlineData(TrialState.Waiting, true, 130)]
    public void TheExitCodeTellsFailureFromDivergence(TrialState state, bool isCancelled, int code)
    {
        var trial = StudyFile.Load("quickstart").Expand()[0];
        Assert.Equal(code, RunCommand.CodeOf(new(1, 0, [new(trial, state, null, null, IsOwn: true)], 0, isCancelled)));
    }

    [Fact]
    public void WeightsFromElsewhereNeedTheirWorkload()
    {
        _ = Descent.Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "9", "--save", "own.safetensors", "--quiet").MustSucceed();
        var arrays = SafeTensorsFile.Read(folder["own.safetensors"])
            .Arrays.Where(x => !x.Name.StartsWith("optimizer.", StringComparison.Ordinal));
        SafeTensorsFile.Write(folder["plain.safetensors"], [.. arrays], new Dictionary<string, string>());
        Assert.StartsWith($"{folder["plain.safetensors"]} does not say which workload", Descent.Run("evaluate", "plain.safetensors").Error);
        Assert.Equal(Accuracy("own.safetensors"), Accuracy("plain.safetensors", "--workload", "digits-mlp"));
        Assert.Contains("plain.safetensors does not fit the model; of another shape: fc1.weight [64, 64] (needed [128, 784])",
            Descent.Run("evaluate", "plain.safetensors", "--workload", "mnist-mlp").Error);
        Assert.NotEqual(Accuracy("own.safetensors"), Accuracy("own.safetensors", "--split", "train"));
        PyTorchFile.Write(folder["own.pth"], [.. arrays]);
        Assert.Equal(Accuracy("own.safetensors"), Accuracy("own.pth", "--workload", "digits-mlp"));

        double Accuracy(params string[] arguments) =>
            Descent.Run(["evaluate", .. arguments, "--json"]).MustSucceed().Json().GetProperty("accuracy").GetDouble();
    }

    [Theory]
    [InlineData("run quickstrat", "There is no preset \"quickstrat\", and no file of that name. Did you mean \"quickstart\"?")]
    [InlineData("run nowhere.yaml", "There is no study file nowhere.yaml.")]
    [InlineData("run quickstart --set epoch=3", "--set epoch=3: ")]
    [InlineData("run quickstart --set workload=digit-mlp",
        "--set workload=digit-mlp: There is no workload \"digit-mlp\". Did you mean \"digits-mlp\"?")]
    [InlineData("run quickstart --set optimizer.adam.beta1=2", "--set optimizer.adam.beta1=2: ")]
    [InlineData("run quickstart --seeds 1,1", "--seeds must be different whole numbers with commas between them, got \"1,1\".")]
    [InlineData("run quickstart --workers 0", "--workers must be a whole number of at least 1 and at most 1024, got \"0\".")]
    [InlineData("run quickstart --store nowhere/s.db", "The store ")]
    [InlineData("show", "There is no store ")]
    [InlineData("report quickstart", "There is no store ")]
    [InlineData("export quickstart", "There is no store ")]
    [InlineData("export quickstart --format cvs", "--format has no choice \"cvs\". Did you mean \"csv\"? Known: csv, json, npz, tensorboard, safetensors, pth.")]
    [InlineData("evaluate nofile", "There is no file ")]
    [InlineData("evaluate quickstart/12@latest", "There is no store ")]
    public void BadInputIsOneSentence(string line, string beginning)
    {
        var outcome = Descent.Run(line.Split(' '));
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
    }

    [Fact]
    public void AMistakeInAStudyFileIsSaidWithItsLine()
    {
        File.WriteAllText(folder["mine.yaml"], "workload: digits-mlp\nseeds: [0]\noptimizers:\n  - adam: { learing_rate: 1 }\n");
        var outcome = Descent.Run("run", "mine.yaml");
        Assert.Equal(2, outcome.Code);
        Assert.Matches("mine\\.yaml, line 4: adam has no hyperparameter \"learing_rate\"\\. Did you mean \"learning_rate\"\\?",
            outcome.Error);
    }

    [Fact]
    public void AStoreOfANewerVersionIsRefused()
    {
        _ = Descent.Run([.. quick, "--quiet", "--no-report"]).MustSucceed();
        using (var connection = new SqliteConnection($"Data Source={folder[".descent/studies.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            _ = command.ExecuteNonQuery();
        }

        foreach (string line in new[] { "show", "run quickstart", "export quickstart", "delete quickstart --yes" })
        {
            var outcome = Descent.Run(line.Split(' '));
            Assert.Equal((2, ""), (outcome.Code, outcome.Output));
            Assert.Contains(" has version 99, written by a newer Descent", outcome.Error);
        }
    }

    [Fact]
    public void AFileThatIsNoStoreIsRefused()
    {
        File.WriteAllText(folder["s.db"], new string('x', 5000));
        Descent.Run("show", "--store", "s.db").MustRefuse($"{folder["s.db"]} is not a store of Descent: it is not a database.");
    }
}
