using Descent.Optimizers;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("descent-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AFileGivesBackTheBitsOfTheCheckpoint()
    {
        var path = Path.Combine(folder, "checkpoint.safetensors");
        var (expected, told) = DigitsTraining.Run(DigitsTraining.Settings, isCheckpointDue: step => step == 60);
        CheckpointFile.Write(path, told.Checkpoints[0], new Dictionary<string, string> { ["workload"] = "digits-mlp" });
        var read = CheckpointFile.Read(path);
        Assert.Equal(60, read.Step);
        Assert.Equal("digits-mlp", read.Position["workload"]);
        Assert.Contains("optimizer.exp_avg_sq.fc2.bias", read.Arrays.Select(array => array.Name));
        Assert.Equal(expected.ParametersHash, DigitsTraining.Run(DigitsTraining.Settings, from: read).Outcome.ParametersHash);
    }

    [Fact]
    public void AnotherOptimizersCheckpointIsRefused()
    {
        var (_, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 1, Optimizer = new Sgd() }, isCheckpointDue: _ => true);
        Assert.Equal("The checkpoint has no array \"optimizer.exp_avg.fc1.weight\". Known: fc1.weight, fc1.bias, fc2.weight, fc2.bias.",
            Assert.Throws<BadInputException>(() => DigitsTraining.Run(DigitsTraining.Settings, from: told.Checkpoints[0])).Message);
        (_, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 1 }, isCheckpointDue: _ => true);
        Assert.Equal("The checkpoint holds 12 arrays, the model with its optimizer has 4.", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings with { Optimizer = new Sgd() }, from: told.Checkpoints[0])).Message);
    }

    [Fact]
    public void AnotherModelsCheckpointIsRefused()
    {
        var (_, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 1 }, isCheckpointDue: _ => true);
        var wider = WorkloadCatalog.Find("digits-mlp").CreateModel(new Dictionary<string, string> { ["hidden"] = "[65]" });
        Assert.Equal("The checkpoint's array \"fc1.weight\" has shape [64, 64], needed is [65, 64].", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings with { Model = wider }, from: told.Checkpoints[0])).Message);
        Assert.Equal("Array \"fc1.weight\" holds Float32, not Float64.", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings, precision: "float64", from: told.Checkpoints[0])).Message);
    }
}
