using System.Diagnostics;
using Descent.Tests.Architecture;

namespace Descent.Tests.Lockstep;

/// <summary>Eight steps on the real images beside PyTorch, and weights in both directions, by the command itself: <c>dotnet run --project tests/Descent.Tests -- --explicit only --filter-trait kind=pytorch</c>.</summary>
/// <remarks>Needs Python with torch and torchvision, and MNIST and CIFAR-10 in the data folder. Weights go from PyTorch's .pth to --init, logits come back as NPZ.</remarks>
public class RealDataTests
{
    [Theory(Explicit = true)]
    [Trait("kind", "pytorch")]
    [InlineData("mnist-mlp")]
    [InlineData("mnist-deep-mlp")]
    [InlineData("mnist-deep-mlp-bn")]
    [InlineData("cifar10-fc")]
    [InlineData("cifar10-cnn-bn")]
    [InlineData("cifar10-simple-cnn")]
    [InlineData("cifar10-cnn")]
    [InlineData("cifar10-resnet18")]
    [InlineData("cifar10-resnet18-small-stem")]
    [InlineData("cifar10-resnet18@40")]
    [InlineData("cifar10-cnn-bn@45")]
    public Task TheCommandKeepsStepWithPyTorch(string model) => Run("real_data.py", model);

    [Theory(Explicit = true)]
    [Trait("kind", "pytorch")]
    [InlineData("mnist-deep-mlp-bn")]
    [InlineData("cifar10-cnn-bn")]
    [InlineData("cifar10-cnn")]
    [InlineData("cifar10-resnet18")]
    public Task PyTorchLoadsWhatTheCommandSaved(string model) => Run("saved_weights.py", model);

    static async Task Run(string name, string model)
    {
        string script = Path.Combine(Repository.Root, "tests/Descent.Tests/Lockstep", name);
        using var python = Process.Start(new ProcessStartInfo("python3", [script, Path.Combine(AppContext.BaseDirectory, "descent.dll"), "--models", model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, errors) = (python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(python.ExitCode == 0, $"{await said}\n{await errors}");
        TestContext.Current.TestOutputHelper?.WriteLine(await said);
    }
}
