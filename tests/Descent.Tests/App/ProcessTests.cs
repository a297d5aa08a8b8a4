using System.Diagnostics;

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
        using (var kill = Process.Start("kill", ["-INT", $"{run.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var error = await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, "Cancelled; everything until now is stored. The same command goes on.\n"), (run.ExitCode, error));
        var plan = new DescentCommand(folder.Path).Run([.. study, "--dry-run", "--json"]).MustSucceed().Json();
        Assert.Equal(0, plan.GetProperty("done").GetInt32());
        Assert.True(plan.GetProperty("half_done").GetInt32() > 0);
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

    static async Task WaitUntil(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
