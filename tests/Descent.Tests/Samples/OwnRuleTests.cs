using Descent.Tests.App;

namespace Descent.Tests.Samples;

/// <summary>A rule of the user's own, out of an assembly, in every command that knows rules.</summary>
public sealed class OwnRuleTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheSampleIsShort() => Assert.True(File.ReadAllLines(Sample.Source).Length <= 15);

    [Fact]
    public void ItIsListedAndDescribedBesideThoseOfDescent()
    {
        string[] names = [.. Run("list", "optimizers", "--json").MustSucceed().Json().EnumerateArray().Select(x => x.GetProperty("name").GetString()!)];

        Assert.Contains("signsgd", names);
        Assert.Contains("adamw", names);
        Assert.Equal("arXiv:1802.04434", Run("describe", "signsgd", "--json").MustSucceed().Json().GetProperty("source").GetString());
        Assert.StartsWith("signsgd\n", Run("describe", "signsgd").MustSucceed().Output);
    }

    /// <summary>Every coordinate moves by the learning rate, as the schedule leaves it.</summary>
    [Fact]
    public void ItWalksOnTestProblems()
    {
        var steps = Run("trajectory", "signsgd", "--on", "ravine", "--set", "learning_rate=0.25", "--steps", "2", "--json").MustSucceed().Json()
            .GetProperty("steps");

        Assert.Equal([-9.5, 0.5], steps[2].GetProperty("parameters").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void ItTrains()
    {
        var summary = Run("train", "digits-mlp", "--optimizer", "signsgd", "--set", "schedule=cosine", "--epochs", "5", "--json").MustSucceed()
            .JsonLines()[^1];

        Assert.InRange(summary.GetProperty("test_accuracy").GetDouble(), 0.8, 1);
        Assert.Equal("signsgd", summary.GetProperty("optimizer").GetString());
    }

    /// <summary>Without the assembly the study cannot be run, but what it has found out can be seen.</summary>
    [Fact]
    public void ItIsAnOptimizerOfStudies()
    {
        File.WriteAllText(folder["mine.yaml"], """
            workload: digits-mlp
            epochs: 1
            seeds: [0, 1]
            optimizers: [signsgd: { learning_rate: [1e-3, 1e-2] }, adam]
            """);

        Assert.Equal(6, Run("run", "mine.yaml", "--json", "--no-report").MustSucceed().JsonLines()[^1].GetProperty("complete").GetInt32());
        Assert.Equal(6, Alone("show", "mine", "--json").MustSucceed().Json().GetProperty("complete").GetInt32());
        Assert.Contains("mine.yaml, line 4: signsgd is not an optimizer. Known: ", Alone("run", "mine.yaml", "--no-report").Error);
    }

    /// <summary>Another build of the rule may give other numbers.</summary>
    [Fact]
    public void ItsBuildIsKeptBesideTheResults()
    {
        File.WriteAllText(folder["mine.yaml"], "workload: digits-mlp\nsteps: 1\nseeds: [0]\noptimizers: [signsgd, adam]");

        _ = Run("run", "mine.yaml", "--no-report").MustSucceed();

        string[] builds = [.. Alone("export", "mine", "--format", "json").MustSucceed().Json().GetProperty("trials").EnumerateArray()
            .Select(trial => trial.GetProperty("environment").GetProperty("build").GetString()!)];
        Assert.Equal(builds[1], builds[0].Split('+')[0]);
        Assert.Matches("^[0-9a-f]{32}[+][0-9a-f]{32}$", builds[0]);
        Assert.Matches("^[0-9a-f]{32}$", builds[1]);
    }

    [Fact]
    public void WhatCannotBeAddedIsSaidInOneSentence()
    {
        File.WriteAllText(folder["text.dll"], "no assembly");
        string xunit = typeof(FactAttribute).Assembly.Location;

        Refused("none.dll", "there is no such file.");
        Refused("text.dll", "the file is no .NET assembly that this runtime can load.");
        Refused(xunit, "there are no optimizers in it: public records that bear [Optimizer] and implement IOptimizer.");
        Alone("list", "optimizers", "--assembly", Sample.Assembly, "--assembly", Sample.Assembly).MustRefuse(
            $"--assembly {Sample.Assembly}: its optimizer SignSgd bears the name \"signsgd\", which is taken by another one.");

        void Refused(string file, string sentence)
        {
            foreach (string[] line in (string[][])[["list", "optimizers"], ["describe", "adam"], ["trajectory", "adam"], ["run", "quickstart"],
                ["train", "digits-mlp", "--optimizer", "adam"]])
            {
                Alone([.. line, "--assembly", file]).MustRefuse($"--assembly {file}: {sentence}");
            }
        }
    }

    DescentCommand.Outcome Run(params string[] arguments) => Alone([.. arguments, "--assembly", Sample.Assembly]);

    DescentCommand.Outcome Alone(params string[] arguments) => new DescentCommand(folder["."]).Run(arguments);
}
