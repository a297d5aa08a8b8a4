using Microsoft.Data.Sqlite;

namespace Descent.Tests.App;

/// <summary>What bounds a run of a study: time, memory, and trials that fail.</summary>
public sealed class RunLimitTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheTimeThatIsOverEndsARunAsCtrlCDoes()
    {
        string[] study = ["run", "quickstart", "--seeds", "0", "--epochs", "20000"];
        var outcome = Descent.Run([.. study, "--max-time", "1.5s", "--no-report"]);
        Assert.Equal((130, """
            The 1.5 s of --max-time are over: each trial finishes its step and stores a checkpoint. Ctrl-C ends at once.
            The 1.5 s of --max-time are over; everything until now is stored. The same command goes on.

            """.ReplaceLineEndings("\n")), (outcome.Code, outcome.Error));
        Assert.True(Descent.Run([.. study, "--dry-run", "--json"]).MustSucceed().Json().GetProperty("half_done").GetInt32() > 0);
    }

    [Fact]
    public void ATrainingToo()
    {
        var outcome = Descent.Run("train", "digits-mlp", "--optimizer", "adam", "--epochs", "100000", "--max-time", "1s", "--save", "begun.safetensors", "--quiet");
        Assert.Equal(130, outcome.Code);
        Assert.True(File.Exists(folder["begun.safetensors"]));
    }

    [Fact]
    public void AFailedTrialIsShownAndOnlyTriedAgainWhenAsked()
    {
        string[] study = [.. "run quickstart --seeds 0 --epochs 1 --no-report".Split(' ')];
        _ = Descent.Run(study).MustSucceed();
        using (var store = new SqliteConnection($"Data Source={folder[".descent/studies.db"]};Pooling=False"))
        {
            store.Open();
            using var fail = store.CreateCommand();
            fail.CommandText = "UPDATE trials SET state = 'failed', reason = 'IOException: It broke.' WHERE number = 2";
            _ = fail.ExecuteNonQuery();
        }

        var again = Descent.Run(study);
        Assert.Equal((1, "1 of 6 trials has failed; the same command with --retry-failed tries again.\n"), (again.Code, again.Error));
        Assert.Contains(" seed 0 failed: IOException: It broke.\n", again.Output);
        Assert.Contains("6 settings × 1 seed; 5 done, 0 to run, 1 failed (--retry-failed)", Descent.Run([.. study, "--dry-run"]).MustSucceed().Output);
        Assert.DoesNotContain("failed", Descent.Run([.. study, "--retry-failed"]).MustSucceed().Output);
    }

    [Fact]
    public void WhereTrialsAreDrawnTheOneThatDivergesIsToldAtOnce()
    {
        string output = new DescentCommand(folder.Path) { CanPaint = true, Width = 120 }
            .Run("run", "quickstart", "--set", "optimizers=[sgd: { learning_rate: [0.1, 1e30] }]", "--set", "trials=2", "--seeds", "0", "--no-report").MustSucceed().Output;
        int told = output.IndexOf("/2] sgd learning_rate=1e+30 seed 0: diverged at step ", StringComparison.Ordinal), table = output.IndexOf("Stability", StringComparison.Ordinal);
        Assert.InRange(told, 1, table);
        Assert.DoesNotContain("/2] sgd learning_rate=0.1 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--memory", "4", "--memory must be an amount of memory, as in 500MB, 4GB or 4GiB, got \"4\".")]
    [InlineData("--memory", "-4GB", "--memory must be an amount of memory, as in 500MB, 4GB or 4GiB, got \"-4GB\".")]
    [InlineData("--memory", "4 apples", "--memory must be an amount of memory, as in 500MB, 4GB or 4GiB, got \"4 apples\".")]
    [InlineData("--max-time", "30", "--max-time must be a time above 0 and at most 1000h, as in 90s, 30m or 2h, got \"30\".")]
    [InlineData("--max-time", "0s", "--max-time must be a time above 0 and at most 1000h, as in 90s, 30m or 2h, got \"0s\".")]
    [InlineData("--max-time", "1001h", "--max-time must be a time above 0 and at most 1000h, as in 90s, 30m or 2h, got \"1001h\".")]
    public void LimitsNeedTheirUnits(string option, string value, string sentence) => Descent.Run("run", "quickstart", option, value).MustRefuse(sentence);

    [Fact]
    public void ATrialThatDoesNotFitIntoTheMemoryIsRefused()
    {
        var outcome = Descent.Run("run", "quickstart", "--memory", "100MB");
        Assert.Matches(@"^A trial of adam with batches of 32 needs about 1\d\d MB of memory, and 100 MB may be used: give more with --memory, or a smaller physical_batch.\n$",
            outcome.Error);
        Assert.Equal(2, outcome.Code);
        Assert.Equal(1, Descent.Run(["run", "quickstart", "--seeds", "0,1", "--memory", "102MB", "--workers", "64", "--dry-run", "--json"]).MustSucceed().Json().GetProperty("workers").GetInt32());
        Assert.Equal(12, Descent.Run(["run", "quickstart", "--seeds", "0,1", "--memory", "1GiB", "--workers", "64", "--dry-run", "--json"]).MustSucceed().Json().GetProperty("workers").GetInt32());
    }
}
