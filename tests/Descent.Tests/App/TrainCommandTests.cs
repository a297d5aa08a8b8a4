using System.Text.Json;
using Descent.Data;
using Descent.Formats;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;
using Descent.Training;

namespace Descent.Tests.App;

public class TrainCommandTests
{
    [Fact]
    public void JsonIsOneObjectAStepThenASummary()
    {
        var lines = Train("--optimizer adam --steps 50 --batch-size 100 --json").MustSucceed().JsonLines();
        Assert.Equal(51, lines.Count);
        Assert.Equal(Enumerable.Range(1, 50), lines.Take(50).Select(x => x.GetProperty("step").GetInt32()));
        // 1437 images in batches of 100 are 15 steps an epoch.
        Assert.Equal(Enumerable.Range(0, 50).Select(i => 1 + (i / 15)), lines.Take(50).Select(x => x.GetProperty("epoch").GetInt32()));
        Assert.All(lines.Take(50), x => Assert.True(x.GetProperty("loss").GetDouble() > 0
            && x.GetProperty("gradient_norm").GetDouble() > 0));
        var summary = lines[50];
        Assert.Equal("complete", summary.GetProperty("end").GetString());
        Assert.Equal(64, summary.GetProperty("parameters_hash").GetString()!.Length);
        Assert.InRange(summary.GetProperty("test_accuracy").GetDouble(), 0.5, 1);
        Assert.InRange(summary.GetProperty("train_accuracy").GetDouble(), 0.5, 1);
        Assert.InRange(summary.GetProperty("final_train_loss").GetDouble(), 0.01, 2);
        double[] classes = [.. summary.GetProperty("class_accuracy").EnumerateArray().Select(x => x.GetDouble())];
        Assert.Equal(10, summary.GetProperty("classes").GetArrayLength());
        // The test part has 36 images of each digit, but for rounding.
        Assert.Equal(summary.GetProperty("test_accuracy").GetDouble(), classes.Average(), 0.01);
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("epochs")[0].GetProperty("validation_accuracy").ValueKind);
        Assert.True(summary.GetProperty("images_per_second").GetDouble() > 0);
        Assert.Equal(0.001, summary.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble());
    }

    [Fact]
    public void EqualSettingsGiveEqualBitsForAnyNumberOfThreads()
    {
        string[] hashes = [.. new[] { "--threads 1", "--threads 3", "--seed 1" }.Select(more =>
            Train($"--optimizer sgd --set momentum=0.9 --epochs 1 --json {more}").MustSucceed()
            .JsonLines()[^1].GetProperty("parameters_hash").GetString()!)];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    /// <summary>Muon takes matrices between the first layer and the head: of a net of two layers none.</summary>
    [Theory]
    [InlineData("--optimizer muon", "Moved by    adamw 4 parameters of 4,810 numbers; muon itself moves none of them")]
    [InlineData("--optimizer ema+muon", "Moved by    adamw 4 parameters of 4,810 numbers; ema+muon itself moves none of them")]
    [InlineData("--optimizer muon --set model.hidden=[20,20]", "Moved by    adamw 5 parameters of 1,530 numbers, muon 1 parameter of 400 numbers")]
    [InlineData("--optimizer sam+adamw", null)]
    public void WhichRuleMovesWhatIsSaidWhereThereAreTwo(string options, string? line) => Assert.Equal(line,
        Train($"{options} --steps 1").MustSucceed().Output.Split('\n').FirstOrDefault(x => x.StartsWith("Moved by", StringComparison.Ordinal)));

    [Fact]
    public void GaugesAreObjectsBetweenTheStepsAndChangeNothing()
    {
        var lines = Train("--optimizer sgd --set learning_rate=0.2 --steps 20 --json --set gauges.gradients=10 --set gauges.sharpness.every=20 --set gauges.sharpness.data=train:0-99").MustSucceed().JsonLines();
        var readings = lines.Where(x => x.TryGetProperty("gauge", out _)).ToList();
        Assert.Equal(["sharpness 0", "gradients 1", "gradients 10", "gradients 20", "sharpness 20"], readings.Select(x => $"{x.GetProperty("gauge")} {x.GetProperty("step")}"));
        var values = readings[^1].GetProperty("values");
        Assert.Equal(10, values.GetProperty("stability_limit").GetDouble());
        Assert.Equal(values.GetProperty("sharpness").GetDouble() / 10, values.GetProperty("sharpness_ratio").GetDouble(), 1e-12);
        Assert.Equal(Train("--optimizer sgd --set learning_rate=0.2 --steps 20 --json").MustSucceed().JsonLines()[^1].GetProperty("parameters_hash").GetString(),
            lines[^1].GetProperty("parameters_hash").GetString());

        string output = Train("--optimizer sgd --set learning_rate=0.2 --steps 20 --set gauges.sharpness=20").MustSucceed().Output;
        Assert.Contains("Gauges      sharpness every=20, data=train:0-1436\n", output, StringComparison.Ordinal);
        Assert.Matches("Gauges sharpness: 2 readings in .* beside .* of training; after step 20 sharpness [0-9.]+, stability_limit 10, sharpness_ratio", string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void PlainLinesAreTheEpochsAndTheSummary()
    {
        string output = Train("--optimizer adamw --epochs 2 --set model.hidden=[16,16]").MustSucceed().Output;
        Assert.DoesNotContain('\e', output);
        Assert.Contains("digits-mlp, hidden [16, 16], activation relu", output);
        Assert.Contains("2 epochs of batches of 32", output);
        Assert.Matches(@"\n epoch +step +train loss +train acc +test loss +test acc +seconds\n +0 +0 .*\n +1 +45 .*\n +2 +90 .* %.*\n",
            output);
        Assert.Matches(@"Parameters +[0-9a-f]{64}\n", output);
        Assert.Matches(@"\nTest +loss [0-9.]+, accuracy [0-9.]+ %\s*\nEach class +0 [0-9.]+ %, 1 [0-9.]+ %, ", output);
    }

    [Fact]
    public void QuietPrintsTheResultAlone()
    {
        string output = Train("--optimizer adamw --epochs 1 --quiet").MustSucceed().Output;
        Assert.StartsWith("Train ", output);
        Assert.Matches(@"\nTest +loss [0-9.]+, accuracy [0-9.]+ %", output);
        Assert.DoesNotContain("epoch", output);
    }

    [Fact]
    public void DivergenceIsAResult()
    {
        var outcome = Train("--optimizer sgd --set learning_rate=1e30 --json").MustSucceed();
        var summary = outcome.JsonLines()[^1];
        Assert.Equal("diverged", summary.GetProperty("end").GetString());
        var last = outcome.JsonLines()[^2];
        Assert.Equal(summary.GetProperty("diverged_at_step").GetInt64(), last.GetProperty("step").GetInt64());
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("test_accuracy").ValueKind);
        Assert.Contains(last.EnumerateObject(), x => x.Value.ValueKind == JsonValueKind.Null);
        Assert.Matches("Diverged +at step [0-9]+", Train("--optimizer sgd --set learning_rate=1e30").MustSucceed().Output);
    }

    [Fact]
    public void CancelledEndsWith130AndKeepsTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var outcome = new DescentCommand(folder.Path) { Cancellation = cancelled.Token }
            .Run("train", "digits-mlp", "--optimizer", "sgd", "--save", "a.safetensors");
        Assert.Equal((130, "Cancelled after step 0.\n"), (outcome.Code, outcome.Error));
        Assert.Equal(0, CheckpointFile.Read(folder["a.safetensors"]).Step);
    }

    [Fact]
    public void TheCheckpointHoldsTheTrainedParameters()
    {
        using var folder = new TemporaryFolder();
        var outcome = new DescentCommand(folder.Path)
            .Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "7", "--save", "a.safetensors", "--precision", "float64")
            .MustSucceed();
        Assert.Contains($"See: descent evaluate {folder["a.safetensors"]}", outcome.Output);
        var checkpoint = CheckpointFile.Read(folder["a.safetensors"]);
        Assert.Equal(7, checkpoint.Step);
        Assert.Equal(ElementType.Float64, checkpoint.Arrays.Single(x => x.Name == "fc1.weight").Type);
    }

    [Fact]
    public void AStateDictForPyTorchHoldsTheSameParameters()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        string[] train = ["train", "digits-mlp", "--optimizer", "adam", "--steps", "7", "--save"];
        Assert.Contains($"See: descent evaluate {folder["a.pth"]} --workload digits-mlp\n", descent.Run([.. train, "a.pth"]).MustSucceed().Output);
        _ = descent.Run([.. train, "a.safetensors"]).MustSucceed();

        Assert.Equal(Told(SafeTensorsFile.Read(folder["a.safetensors"]).Arrays), Told(PyTorchFile.Read(folder["a.pth"]).Arrays));

        static IEnumerable<(string, string)> Told(IReadOnlyList<NamedArray> arrays) => arrays.Select(array => (array.Name, Convert.ToHexString(array.Bytes.Span)));
    }

    /// <summary>The file says how its images were normalized; --set says it of weights from elsewhere, or in place of the file.</summary>
    [Fact]
    public void AnotherNormalizationIsTrainedOnAndEvaluatedOn()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path);
        var summary = descent.Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "learning_rate=0.1", "--set", "normalization=half", "--steps", "9", "--json",
            "--precision", "float64", "--save", "a.safetensors").MustSucceed().JsonLines()[^1];
        var arrays = CheckpointFile.Read(folder["a.safetensors"]).Arrays;
        NpzFile.Write(folder["elsewhere.npz"], arrays);

        using var parameters = new Parameters<double>(DigitsTraining.Settings.Model.Parameters, []);
        WeightsFile.Load(new WeightsContent("a", arrays), parameters);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var evaluation = new Evaluation<double>(executor, DigitsTraining.Settings.Model, parameters, Normalization.MeanAndDeviation("own", [0.5], [0.5]));
        double loss = summary.GetProperty("test_loss").GetDouble();

        Assert.Equal(evaluation.Run(DigitsTraining.Data.Test, token: TestContext.Current.CancellationToken).Loss, loss, 1e-12);
        Assert.Equal(("half", loss), Evaluate("a.safetensors"));
        Assert.Equal(("half", loss), Evaluate("elsewhere.npz", "--workload", "digits-mlp", "--set", "normalization=half"));
        var (name, other) = Evaluate("elsewhere.npz", "--workload", "digits-mlp");
        Assert.Equal("digits", name);
        Assert.NotEqual(loss, other, 1e-3);
        Assert.Equal((name, other), Evaluate("a.safetensors", "--set", "normalization=digits"));
        Assert.Equal("Normalization pixel-std is for images of 3 channels, these are 8×8×1.\n",
            descent.Run("evaluate", "a.safetensors", "--set", "normalization=pixel-std").Error);
        Assert.NotEqual(Gradients(), Gradients("--set", "normalization=unit"));
        Assert.Equal(Gradients(), Gradients("--set", "normalization=half"));

        (string?, double) Evaluate(params string[] arguments)
        {
            var told = descent.Run(["evaluate", .. arguments, "--json"]).MustSucceed().Json();
            return (told.GetProperty("normalization").GetString(), told.GetProperty("loss").GetDouble());
        }

        double Gradients(params string[] arguments) => descent.Run(["gradients", "a.safetensors", .. arguments, "--json"]).MustSucceed().Json().GetProperty("loss").GetDouble();
    }

    [Fact]
    public void LogitsAreThoseOfTheLastBatchAfterTheLastStep()
    {
        using var folder = new TemporaryFolder();
        _ = new DescentCommand(folder.Path).Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "3", "--order", "file", "--batch-size", "20",
            "--precision", "float64", "--exact", "--no-augment", "--save", "a.safetensors", "--logits", "a.npz").MustSucceed();
        var weights = CheckpointFile.Read(folder["a.safetensors"]).Arrays.ToDictionary(array => array.Name);
        var logits = Assert.Single(NpzFile.Read(folder["a.npz"]));
        Assert.Equal(("logits", "20,10"), (logits.Name, string.Join(',', logits.Shape)));
        var train = DigitsTraining.Data.Train;
        for (int i = 0; i < 20; i++)
        {
            // The third batch of twenty in file order.
            double[] input = [.. train.Images.Image(train.Indices[40 + i]).ToArray().Select(pixel => pixel / 16.0)];
            double[] hidden = [.. Linear("fc1", input).Select(x => Math.Max(x, 0))];
            var expected = Linear("fc2", hidden).ToList();
            for (int label = 0; label < 10; label++)
            {
                Assert.Equal(expected[label], logits.Values<double>()[(i * 10) + label], 1e-12);
            }
        }

        IEnumerable<double> Linear(string layer, double[] x)
        {
            double[] weight = weights[$"{layer}.weight"].Values<double>().ToArray(), bias = weights[$"{layer}.bias"].Values<double>().ToArray();
            return bias.Select((b, row) => b + x.Select((value, column) => value * weight[(row * x.Length) + column]).Sum());
        }
    }

    [Fact]
    public void ATrainingStartsFromAFile()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        var first = Summary("--steps 40 --save a.safetensors");
        var second = Summary("--steps 1 --seed 3 --init a.safetensors");
        Assert.Equal(first.GetProperty("final_train_loss").GetDouble(), second.GetProperty("epochs")[0].GetProperty("train_loss").GetDouble());
        Assert.NotEqual(second.GetProperty("trial_id").GetString(), Summary("--steps 1 --seed 3").GetProperty("trial_id").GetString());

        JsonElement Summary(string more) =>
            command.Run([.. $"train digits-mlp --optimizer adam --json {more}".Split(' ')]).MustSucceed().JsonLines()[^1];
    }

    [Fact]
    public void ImagesForValidationAreSetApart()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        _ = command.Run("train", "digits-mlp", "--optimizer", "adam", "--steps", "7", "--set", "validation=300", "--save", "a.safetensors").MustSucceed();
        Assert.Equal((1137, 300, 360), (Images("train"), Images("validation"), Images("test")));

        int Images(string split) =>
            command.Run("evaluate", "a.safetensors", "--split", split, "--json").MustSucceed().Json().GetProperty("images").GetInt32();
    }

    [Fact]
    public void TheBestEpochAndThoseAskedForAreSavedBesideTheLast()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        var summary = command.Run([.. "train digits-mlp --optimizer sgd --set learning_rate=2 --epochs 6 --set validation=300 --set checkpoints=[2,6] --save a.safetensors --json"
            .Split(' ')]).MustSucceed().JsonLines()[^1];
        var epochs = summary.GetProperty("epochs").EnumerateArray().Skip(1).ToList();
        double best = epochs.Max(Accuracy);
        // A rate so high that the last epoch is not the best one.
        Assert.NotEqual(best, Accuracy(epochs[^1]));
        Assert.Equal(["a.best.safetensors", "a.epoch-2.safetensors", "a.epoch-6.safetensors", "a.safetensors"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal((folder["a.safetensors"], folder["a.best.safetensors"]),
            (summary.GetProperty("checkpoint").GetString(), summary.GetProperty("best_checkpoint").GetString()));
        Assert.Equal(best, Evaluated("a.best.safetensors"));
        Assert.Equal(Accuracy(epochs[1]), Evaluated("a.epoch-2.safetensors"));
        Assert.Equal(Accuracy(epochs[5]), Evaluated("a.safetensors"));
        Assert.DoesNotContain(CheckpointFile.Read(folder["a.safetensors"]).Arrays, array => array.Name.StartsWith("optimizer", StringComparison.Ordinal));

        static double Accuracy(JsonElement epoch) => epoch.GetProperty("validation_accuracy").GetDouble();

        double Evaluated(string file) => command.Run("evaluate", file, "--split", "validation", "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble();
    }

    [Fact]
    public void WeightsAreSavedAsNpzToo()
    {
        using var folder = new TemporaryFolder();
        var command = new DescentCommand(folder.Path);
        double expected = command.Run([.. "train digits-mlp --optimizer adam --steps 20 --save a.npz --json".Split(' ')]).MustSucceed().JsonLines()[^1]
            .GetProperty("test_accuracy").GetDouble();
        Assert.Equal(expected, command.Run("evaluate", "a.npz", "--workload", "digits-mlp", "--json").MustSucceed().Json().GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData("train digits-mpl --optimizer adam", "descent train: There is no workload \"digits-mpl\". Did you mean \"digits-mlp\"?")]
    [InlineData("train", "descent train needs <workload>. For example: descent train mnist-mlp --optimizer adamw")]
    [InlineData("train digits-mlp", "descent train needs --optimizer, as in --optimizer adamw. See: descent list optimizers")]
    [InlineData("train digits-mlp --optimizer admw", "--optimizer admw: admw is not an optimizer. Did you mean \"adamw\"?")]
    [InlineData("train digits-mlp --optimizer adamw --set learing_rate=1",
        "--set learing_rate=1: adamw has no hyperparameter \"learing_rate\". Did you mean \"learning_rate\"?")]
    [InlineData("train digits-mlp --optimizer adamw --set beta1=1.2", "--set beta1=1.2: adamw: beta1 must lie in [0, 1), got 1.2.")]
    [InlineData("train digits-mlp --optimizer adamw --set model.hiden=3",
        "--set model.hiden=3: digits-mlp has no model option \"hiden\". Did you mean \"hidden\"?")]
    [InlineData("train digits-mlp --optimizer adamw --batch-size 1438", "batch_size must lie in 1-1437 (images of train), got 1438.")]
    [InlineData("train digits-mlp --optimizer adamw --set validation=1437",
        "digits: 1437 images for validation must lie in 0-1436, so that some are left for training.")]
    [InlineData("train digits-mlp --optimizer adamw --epochs 0", "--epochs must be a whole number of at least 1, got \"0\".")]
    [InlineData("train digits-mlp --optimizer adamw --epoch 3",
        "descent train has no option \"--epoch\". Did you mean \"--epochs\"? See: descent train --help")]
    [InlineData("train digits-mlp --optimizer adamw --epochs 1 --steps 1",
        "descent train has a budget of --epochs or of --steps, not both.")]
    [InlineData("train digits-mlp --optimizer adamw --initialization hee",
        "--initialization hee: There is no initialization \"hee\". Did you mean \"he\"?")]
    [InlineData("train digits-mlp --optimizer adamw --data train:9-99999",
        "train:9-99999: train has 1437 images, so a range lies in 0-1436.")]
    [InlineData("train digits-mlp --optimizer adamw --set learning_rate=[1,2]", "descent train trains one model, these values make 2.")]
    [InlineData("train mnist-mlp --optimizer adamw --data-folder nowhere", "MNIST not found in ")]
    [InlineData("train digits-mlp --optimizer adamw --init nowhere.pth", "--init nowhere.pth: There is no file ")]
    [InlineData("train digits-mlp --optimizer adamw --init-except-head",
        "--init-except-head: init_except_head says how to start from init, which is not given.")]
    [InlineData("train digits-mlp --optimizer adamw --init resnet18-imagenet", "ResNet-18 trained on ImageNet not found in ")]
    [InlineData("train digits-mlp --optimizer adamw --logits /a.txt", "--logits /a.txt: the file must end in .npz.")]
    [InlineData("train cifar10-cnn --optimizer adamw --data-folder nowhere", "CIFAR-10 not found in ")]
    [InlineData("train digits-mlp --optimizer adamw --physical-batch 0", "--physical-batch must be a whole number of at least 1, got \"0\".")]
    [InlineData("train digits-mlp --optimizer adamw --logits nowhere/a.npz", "--logits ")]
    [InlineData("train digits-mlp --optimizer adamw --save /a.h5", "--save /a.h5: the file must end in .safetensors or .npz or .pth or .pt.")]
    [InlineData("train digits-mlp --optimizer adamw --save a.pth --set final_checkpoint=state", "--save ")]
    [InlineData("train digits-mlp --optimizer adamw --save nowhere/a.safetensors", "--save ")]
    public void BadInputIsOneSentence(string line, string beginning)
    {
        using var folder = new TemporaryFolder();
        var outcome = new DescentCommand(folder.Path).Run(line.Split(' '));
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
    }

    static DescentCommand.Outcome Train(string more) => new DescentCommand(".").Run([.. $"train digits-mlp {more}".Split(' ')]);
}
