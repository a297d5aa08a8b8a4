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
        Assert.Equal("The checkpoint does not fit the model; missing (8 of 12): optimizer.exp_avg.fc1.weight [64, 64], optimizer.exp_avg.fc1.bias [64], "
            + "optimizer.exp_avg.fc2.weight [10, 64], optimizer.exp_avg.fc2.bias [10], optimizer.exp_avg_sq.fc1.weight [64, 64] and 3 more.",
            Assert.Throws<BadInputException>(() => DigitsTraining.Run(DigitsTraining.Settings, from: told.Checkpoints[0])).Message);
        (_, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 1 }, isCheckpointDue: _ => true);
        Assert.Equal("The checkpoint does not fit the model; not needed (8 of 12): optimizer.exp_avg.fc1.weight [64, 64], optimizer.exp_avg.fc1.bias [64], "
            + "optimizer.exp_avg.fc2.weight [10, 64], optimizer.exp_avg.fc2.bias [10], optimizer.exp_avg_sq.fc1.weight [64, 64] and 3 more.", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings with { Optimizer = new Sgd() }, from: told.Checkpoints[0])).Message);
    }

    [Fact]
    public void AnotherModelsCheckpointIsRefused()
    {
        var (_, told) = DigitsTraining.Run(DigitsTraining.Settings with { Steps = 1 }, isCheckpointDue: _ => true);
        var wider = WorkloadCatalog.Find("digits-mlp").CreateModel(new Dictionary<string, string> { ["hidden"] = "[65]" });
        Assert.Equal("The checkpoint does not fit the model; of another shape (9 of 12): fc1.weight [64, 64] (needed [65, 64]), fc1.bias [64] (needed [65]), "
            + "fc2.weight [10, 64] (needed [10, 65]), optimizer.exp_avg.fc1.weight [64, 64] (needed [65, 64]), optimizer.exp_avg.fc1.bias [64] (needed [65]) and 4 more.", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings with { Model = wider }, from: told.Checkpoints[0])).Message);
        Assert.StartsWith("The checkpoint does not fit the model; of another type (12 of 12): fc1.weight Float32 (needed Float64), fc1.bias", Assert.Throws<BadInputException>(() =>
            DigitsTraining.Run(DigitsTraining.Settings, precision: "float64", from: told.Checkpoints[0])).Message);
    }
}
