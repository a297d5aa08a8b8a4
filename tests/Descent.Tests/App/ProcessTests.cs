using System.Diagnostics;
using Descent.Studies;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.Tests.App;

/// <summary>The program as a process of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task CtrlCEndsARunCleanlyAndTheNextOneGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill.");
        string[] study = ["run", "quickstart", "--seeds", "0", "--epochs", "3000", "--no-report"];
        using var run = Start(study);
        // The first line comes when the store is there; then trials are soon in flight.
        _ = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await WaitUntil(() => Directory.Exists(folder[".descent/checkpoints"]));
        await Interrupt(run);
        var error = await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, """
            Stopping: each trial finishes its step and stores a checkpoint. Ctrl-C again ends at once.
            Cancelled; everything until now is stored. The same command goes on.

            """.ReplaceLineEndings("\n")), (run.ExitCode, error));
        var plan = new DescentCommand(folder.Path).Run([.. study, "--dry-run", "--json"]).MustSucceed().Json();
        Assert.Equal(0, plan.GetProperty("done").GetInt32());
        Assert.True(plan.GetProperty("half_done").GetInt32() > 0);
    }

    /// <summary>One step of seconds: all images at once through a net of 36 million parameters.</summary>
    [Fact]
    public async Task ASecondCtrlCEndsInTheMiddleOfAStep()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill.");
        string[] study = [.. ("run quickstart --seeds 0 --steps 1000 --batch-size 1400 --physical-batch 20 --set model.hidden=[4000,4000] "
            + "--set optimizers=[sgd] --set evaluate.train=10 --set evaluate.test=10 --workers 1 --threads 1 --no-report").Split(' ')];
        using var run = Start(study);
        _ = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var store = SqliteStudyStore.Open(folder[".descent/studies.db"], TimeProvider.System);
        await WaitUntil(() => store.Trials("quickstart").Any(trial => store.Epochs(trial.Trial.Id).Count > 0
            || trial.Trial.State == TrialState.Running));
        await Interrupt(run);
        Assert.StartsWith("Stopping: ", await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.False(run.HasExited);
        await Interrupt(run);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, ""), (run.ExitCode, await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        var trial = Assert.Single(store.Trials("quickstart")).Trial;
        // Nothing was finished: the trial still looks as if it ran, and its owner is known to be gone.
        Assert.Equal((TrialState.Running, true), (trial.State, trial.Owner!.IsGone()));
        Assert.Empty(CheckpointFolder.Beside(store.Location).Files(trial.Id));
    }

    [Fact]
    public async Task AFileGetsNoPaintAndNothingButTheResult()
    {
        using var train = Start("train", "digits-mlp", "--optimizer", "adam", "--steps", "5", "--json");
        string output = await train.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await train.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await train.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (train.ExitCode, error));
        Assert.Equal(6, output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(line => line.StartsWith('{') && line.EndsWith('}')));
        Assert.Equal((byte)'{', System.Text.Encoding.UTF8.GetBytes(output)[0]);
    }

    Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "descent.dll");
        return Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    static async Task Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    static async Task WaitUntil(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
