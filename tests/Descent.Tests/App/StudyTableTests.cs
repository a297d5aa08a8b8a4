using Descent.App.Output;
using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.Tests.App;

public class StudyTableTests
{
    static readonly Setting[] slow = [new("learning_rate", "0.1")];
    static readonly Setting[] fast = [new("learning_rate", "1"), new("momentum", "0.9")];

    [Fact]
    public void WideTerminalsHaveTheSettingsAtTheEndOfTheLine() => Assert.Equal("""
                    Test accuracy, %            To 95 %
         Optimizer         final          best  steps  epochs  seeds  Seconds  Stability  Settings
         ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
         sgd        96.00 ± 1.41  96.50 ± 0.71  1,900    19.0    2/2     1.50  stable     learning_rate=0.1
         heavy             97.00         98.00      –       –    1/2     2.00  diverged   learning_rate=1 momentum=0.9
         heavy seed 1 diverged at step 412.
         heavy seed 0 skipped 12 steps whose loss or gradient was not finite.
         heavy seed 2 failed: The disk is full.
         1 of 6 trials have not ended; the table is of the others.

        """.ReplaceLineEndings("\n"), Write(120));

    [Fact]
    public void NarrowOnesHaveThemBelow()
    {
        string[] lines = Write(80).Split('\n');
        Assert.Equal(" sgd        96.00 ± 1.41  96.50 ± 0.71  1,900    19.0    2/2     1.50  stable", lines[3]);
        Assert.Equal("   learning_rate=0.1", lines[4]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    /// <summary>One seed, so that the columns of accuracies are narrower than the title above them.</summary>
    [Fact]
    public void ATitleAboveDoesNotRunIntoTheNext() => Assert.Equal([
        "            Test accuracy, %  To 95 %", " Optimizer  final       best  steps  epochs  seeds  Seconds  Stability  Settings"],
        Write(120, most: 1).Split('\n')[..2]);

    [Fact]
    public void WithoutATargetThereAreNoColumnsOfIt() => Assert.Equal([
        "            Test accuracy, %", " Optimizer  final   best  Seconds  Stability  Settings"], Write(120, most: 1, target: null).Split('\n')[..2].Select(line => line.TrimEnd()));

    static string Write(int width, int most = 9, double? target = 0.95)
    {
        using var output = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Size = () => (width, 50),
            WorkingFolder = "/",
            Variable = _ => null,
        };
        TrialResult[] trials =
        [
            Trial("sgd", slow, 0, TrialState.Complete) with { FinalTestAccuracy = 0.95, BestTestAccuracy = 0.96, Seconds = 1,
                StepsToTarget = 2000 },
            Trial("sgd", slow, 1, TrialState.Complete) with { FinalTestAccuracy = 0.97, BestTestAccuracy = 0.97, Seconds = 2,
                StepsToTarget = 1800 },
            Trial("heavy", fast, 0, TrialState.Complete) with { FinalTestAccuracy = 0.97, BestTestAccuracy = 0.98, Seconds = 2,
                StepsToTarget = 100, SkippedSteps = 12 },
            Trial("heavy", fast, 1, TrialState.Diverged) with { StoppedAtStep = 412, BestTestAccuracy = 0.5 },
            Trial("heavy", fast, 2, TrialState.Failed) with { Reason = "The disk is full." },
            Trial("heavy", fast, 3, TrialState.Waiting),
        ];
        StudyTable.Write(StudySummary.From(trials.Take(most)), target is { } value ? new("test accuracy", value) : null, terminal);
        return output.ToString().ReplaceLineEndings("\n");
    }

    static TrialResult Trial(string optimizer, Setting[] settings, ulong seed, TrialState state) => new()
    {
        Id = $"{optimizer}{seed}",
        Optimizer = optimizer,
        Settings = settings,
        Seed = seed,
        State = state,
        Epochs = [.. Enumerable.Range(0, 30).Select(epoch => new EpochPoint(epoch, 100 * epoch, 1, 0.5, 1, 0.5))],
    };
}
