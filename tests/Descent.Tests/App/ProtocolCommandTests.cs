using System.Text.Json;
using Descent.Studies.Definition;
using Descent.Studies.Storage;

namespace Descent.Tests.App;

public sealed class ProtocolCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AProtocolTunesThenCompares()
    {
        File.WriteAllText(folder["mine.yaml"], "workloads: [{ workload: digits-mlp, validation: 300, epochs: 1 }]\ntuning: { trials: 2, seeds: [9] }\nseeds: [1, 2]\noptimizers: [adam, lion]\n");
        string page = Descent.Run("run", "mine.yaml", "--quiet", "--no-report").MustSucceed().Output;
        Assert.Contains("\nScores over 1 workload\n", page);
        Assert.EndsWith(page[page.IndexOf("\nVerdicts\n", StringComparison.Ordinal)..], Descent.Run("compare", "mine").MustSucceed().Output);
        var json = Descent.Run("compare", "mine", "--json").MustSucceed().Json();
        Assert.Equal(2, json.GetProperty("scores").GetArrayLength());
        Assert.Equal("validation", json.GetProperty("workloads")[0].GetProperty("chosen_by").GetString());
        string study = Descent.Run("compare", "mine.digits-mlp").MustSucceed().Output;
        Assert.Matches(@"chosen\s+by\s+seeds\s+of\s+its\s+own", study);
        Assert.Contains("Tuning cost", study);
        Assert.Contains("against the fastest at each seed of 1 workload", File.ReadAllText(Descent.Run("plot", "mine", "profiles", "-o", folder["p.svg"]).MustSucceed().Output.Trim()));
        Descent.Run("plot", "mine", "final-accuracy").MustRefuse("mine is a protocol, of which there is one picture, profiles; its studies have all: mine.digits-mlp.");
        Assert.StartsWith("mine is a protocol, whose studies are fixed: --set epochs=2 cannot change it.", Descent.Run("run", "mine.yaml", "--set", "epochs=2").Error);
    }

    const string Small = "workloads: [{ workload: digits-mlp, validation: 300, epochs: 1 }]\ntuning: { trials: 2, seeds: [9] }\nseeds: [1, 2]\noptimizers: [adam, lion, sgd]\n";

    const string WithBaselines = Small + "targets: { tuning: { trials: 3, seeds: [8] }, seeds: [5, 6, 7], optimizers: [adamw, sgd: { nesterov: true }] }\n";

    /// <summary>The baselines run first, and what they reach is in the store before another trial is; it stays although the baselines change.</summary>
    [Fact]
    public void BaselinesFixTheTargetBeforeAnythingElse()
    {
        File.WriteAllText(folder["mine.yaml"], WithBaselines);
        var lines = Descent.Run("run", "mine.yaml", "--json", "--no-report").MustSucceed().JsonLines();
        string[] studies = [.. lines.Where(line => line.TryGetProperty("run", out _)).Select(line => line.GetProperty("study").GetString()!)];
        Assert.Equal(["mine-targets.digits-mlp.tuning", "mine-targets.digits-mlp", "mine.digits-mlp.tuning", "mine.digits-mlp"], studies);

        double[] medians = [.. Best("mine-targets.digits-mlp").GroupBy(x => x.Optimizer).Select(same => same.Select(x => x.Best).Order().ElementAt(1))];
        double target = Descent.Run("compare", "mine.digits-mlp", "--json").MustSucceed().Json().GetProperty("target").GetDouble();
        Assert.Equal(2, medians.Length);
        Assert.InRange(target, medians.Max() - 1e-6, medians.Max());
        Assert.Equal(target, Descent.Run("compare", "mine", "--json").MustSucceed().Json().GetProperty("workloads")[0].GetProperty("target").GetDouble());
        Assert.Equal(target, Exported("mine.digits-mlp.tuning").GetProperty("target").GetDouble());

        File.WriteAllText(folder["mine.yaml"], WithBaselines.Replace("seeds: [5, 6, 7]", "seeds: [5, 6]", StringComparison.Ordinal));
        _ = Descent.Run("run", "mine.yaml", "--quiet", "--no-report").MustSucceed();
        Assert.Equal(target, Descent.Run("compare", "mine.digits-mlp", "--json").MustSucceed().Json().GetProperty("target").GetDouble());
    }

    [Fact]
    public void ThePlanTellsTrialsTimeAndMemoryOfAllStages()
    {
        File.WriteAllText(folder["mine.yaml"], WithBaselines);
        var plan = Descent.Run("run", "mine.yaml", "--dry-run", "--json").MustSucceed().Json();
        Assert.Equal(["targets, tuning: 6", "targets, seeds: 6", "tuning: 6", "comparison: 6"],
            plan.GetProperty("stages").EnumerateArray().Select(x => $"{x.GetProperty("stage").GetString()}: {x.GetProperty("trials").GetInt32()}"));
        Assert.Equal((24, 0), (plan.GetProperty("trials").GetInt32(), plan.GetProperty("done").GetInt32()));
        Assert.True(plan.GetProperty("estimated_seconds").GetDouble() > 0 && plan.GetProperty("estimated_memory_bytes").GetInt64() > 10_000);
        Assert.Matches(@"(?s)comparison +6 +0 .*Trials +24: 0 done, 24 to run.*Time +about .*Memory +about ", Descent.Run("run", "mine.yaml", "--dry-run").MustSucceed().Output);

        _ = Descent.Run("run", "mine.yaml", "--quiet", "--no-report").MustSucceed();
        Assert.Equal((24, 0.0), (Done(out double seconds), seconds));

        int Done(out double left)
        {
            var after = Descent.Run("run", "mine.yaml", "--dry-run", "--json").MustSucceed().Json();
            left = after.GetProperty("estimated_seconds").GetDouble();
            return after.GetProperty("done").GetInt32();
        }
    }

    IEnumerable<(string Optimizer, double Best)> Best(string study) => Exported(study).GetProperty("trials").EnumerateArray()
        .Select(trial => (trial.GetProperty("label").GetString()!, trial.GetProperty("epochs").EnumerateArray().Max(x => x.GetProperty("validation_accuracy").GetDouble())));

    JsonElement Exported(string study) => Descent.Run("export", study, "--format", "json").MustSucceed().Json();

    /// <summary>All four studies of a protocol with baselines, from the file before it has run and from the store afterwards.</summary>
    [Fact]
    public void AllStudiesOfAProtocolAreJudged()
    {
        File.WriteAllText(folder["mine.yaml"], WithBaselines.Replace("seeds: [1, 2]", "seeds: [1]", StringComparison.Ordinal));
        string[] studies = ["mine-targets.digits-mlp.tuning", "mine-targets.digits-mlp", "mine.digits-mlp.tuning", "mine.digits-mlp"];
        var before = Descent.Run("lint", "mine.yaml", "--json").MustSucceed().Json();
        Assert.Equal(studies, before.GetProperty("studies").EnumerateArray().Select(x => x.GetProperty("study").GetString()));
        Assert.Equal([0, 0, 0, 1], before.GetProperty("studies").EnumerateArray().Select(x => x.GetProperty("open").GetInt32()));
        Assert.Contains("\nmine.digits-mlp: 1 error, 0 warnings\n\nerror one-seed: The only seed is 1.\n", Descent.Run("lint", "mine.yaml").MustSucceed().Output);
        Assert.Equal(1, Descent.Run("lint", "mine.yaml", "--strict").Code);

        File.WriteAllText(folder["mine.yaml"], Small);
        _ = Descent.Run("run", "mine.yaml", "--quiet", "--no-report", "--workers", "2").MustSucceed();
        Assert.Contains("few-seeds", Descent.Run("lint", "mine.yaml").MustSucceed().Output);
        Descent.Run("compare", "mine", "--target", "0.5").MustRefuse("--target: mine is a protocol, whose targets are fixed; its studies take one: descent compare mine.digits-mlp --target.");
    }

    /// <summary>A second workload of which nothing has run yet.</summary>
    [Fact]
    public void AProtocolThatStillRunsIsComparedAsFarAsItIs()
    {
        File.WriteAllText(folder["mine.yaml"], Small);
        _ = Descent.Run("run", "mine.yaml", "--quiet", "--no-report").MustSucceed();
        using (var store = SqliteStudyStore.Open(Path.Combine(folder.Path, ".descent", "studies.db"), TimeProvider.System))
        {
            foreach (string keys in (string[])["name: mine.mnist-mlp.tuning", "name: mine.mnist-mlp\ntuned_by: mine.mnist-mlp.tuning"])
            {
                var study = StudyFile.Parse($"{keys}\nworkload: mnist-mlp\nvalidation: 100\nseeds: [1, 2]\noptimizers: [adam, lion]\n", "s.yaml");
                store.Save(study, study.Expand());
            }
        }

        string page = Descent.Run("compare", "mine").MustSucceed().Output;
        Assert.Contains(" mnist-mlp: mine.mnist-mlp cannot be compared: no trial is complete yet; run it on with the command that began it. ",
            string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("\nScores over 1 workload\n", page);
    }

    [Fact]
    public void ProtocolsAreListed()
    {
        Assert.Contains("protocol-small", Descent.Run("list", "protocols").MustSucceed().Output);
        Assert.Contains("workloads:", Descent.Run("describe", "protocol-small").MustSucceed().Output);
        Assert.Contains("learning_rate from 0.0001 to 0.1", Descent.Run("describe", "adam").MustSucceed().Output);
    }
}
